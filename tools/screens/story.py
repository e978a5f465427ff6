"""The walk: which pictures there are, in order, and how to get to each. A new page is one more line."""

from collections.abc import Callable
from dataclasses import dataclass

from tools.screens import abroad, delivery
from tools.screens.camera import WIDTHS, Camera
from tools.screens.coupons import give_coupon, open_coupon
from tools.screens.desk import (
    change_lines,
    look_at_waybills,
    order_by_phone,
    order_without_account,
    pack_ticked,
    track,
)
from tools.screens.lists import read_shared_wishlist, read_wishlist_taken_back, save_for_later, share_wishlist
from tools.screens.looking import delete_and_look, list_in_saved_sizes, look_around, save_sizes
from tools.screens.merchandise import look_at_edit, make_edit, schedule_sale
from tools.screens.parcels import book_and_track, find_nobody, open_rider_page, pack_in_two, type_wrong_otp
from tools.screens.payments import (
    ask_for_an_account,
    be_given_credit,
    open_payment,
    wait_for_the_bank,
    work_out_a_refund,
)
from tools.screens.prices import fill_bag, make_discounts, open_bag, try_bag, try_nothing
from tools.screens.shelf import relate, schedule, take_away
from tools.screens.steps import (
    Walk,
    add_to_bag,
    add_to_team,
    ask_for_code,
    ask_for_data,
    ask_for_key,
    ask_for_phone_code,
    call_packed,
    choose,
    choose_delivery,
    choose_picture,
    come_back_late,
    confirm_it_is_me,
    draft_invoice,
    end_help,
    fail_to_log_in,
    fill_address,
    fill_contact,
    leave_contact_empty,
    like,
    log_in_and_open,
    log_in_customer,
    log_in_half_way,
    log_in_owner,
    make_group,
    open_change,
    open_filters,
    open_mailed_link,
    open_menu,
    order_in,
    pay_with_code,
    place,
    put_into_group,
    register,
    save_picture,
    scroll_down,
    set_settings,
    show_code_of_app,
    sign_in_as,
    staff_order_in,
    suggest,
    type_no_code,
    type_wrong_code,
)
from tools.screens.stock import (
    apply_count,
    ask_to_be_told,
    be_told,
    count_shelf,
    follow_mail_of_restock,
    open_moved_variant,
    open_sold_out,
    open_waits,
    read_size_guide,
    refuse_prices,
)
from tools.screens.work import (
    export_products,
    import_it,
    import_the_rest,
    look_at_pictures,
    look_at_right_file,
    look_at_wrong_file,
    no_jobs_yet,
    send_no_pictures,
    send_nothing,
    show_running,
)

PHONE, DESK = (360,), (1280,)
Way = str | Callable[[Walk], None]


@dataclass(frozen=True)
class Screen:
    """One picture: its name, and the address or the steps that lead there from the picture before."""

    name: str
    way: Way
    widths: tuple[int, ...] = tuple(WIDTHS)
    whole: bool = True


Chapter = tuple[Screen, ...]
GUEST = (
    Screen("home", "/"),
    Screen("menu", open_menu, PHONE, whole=False),
    Screen("listing", "/c/men-shirts"),
    Screen("listing-department", "/c/women"),
    Screen("listing-filtered", "/c/women?colour=indigo,madder&size=m&sort=price"),
    Screen("listing-filters", open_filters, PHONE, whole=False),
    Screen("listing-empty", "/c/men-polos?colour=indigo&price=1-2"),
    Screen("search", "/search?q=block+kurta"),
    Screen("suggestions", suggest("/", "#search", 1280), DESK, whole=False),
    Screen("suggestions", suggest("/search", "#q", 360), PHONE, whole=False),
    Screen("api-docs", "/api/docs", whole=False),
    Screen("api-redoc", "/api/redoc", whole=False),
    Screen("search-instead", "/search?q=snowshoes"),
    Screen("search-nothing", "/search?q=umbrella"),
    Screen("product", "/p/suraj-block-tee"),
    Screen("product-buybar", scroll_down, PHONE, whole=False),
    Screen("product-sale", "/p/dyers-crew-tee?colour=madder"),
    Screen("product-delivery", "/p/dyers-crew-tee/delivery?postal_code=560034"),
    Screen("product-remembered", look_around),
    Screen("product-sold-out", open_sold_out),
    Screen("back-in-stock", ask_to_be_told),
    Screen("back-in-stock-asked", be_told),
    Screen("back-in-stock-stop", follow_mail_of_restock),
    Screen("product-size-guide", read_size_guide, whole=False),
    Screen("size-guide", "/size-guide/t-shirt?for=men"),
    Screen("product-fit", "/p/sunday-crew-tee/fit?my-chest=108&my-length=71.5&my-shoulder=45"),
    Screen("product-fit-errors", "/p/sunday-crew-tee/fit?unit=in&my-chest=wide"),
    Screen("page", "/pages/size-guide"),
    Screen("page-shipping", "/pages/shipping"),
    Screen("bag-empty", "/cart"),
    Screen("wishlist-empty", "/wishlist"),
    Screen("bag-drawer", add_to_bag("dyers-crew-tee", "goalpost-rugby-polo"), whole=False),
    Screen("bag", "/cart"),
    Screen("bag-saved", save_for_later),
    Screen("bag-coupon-refused", give_coupon("NONE")),
    Screen("bag-coupon", give_coupon("save10")),
    Screen("wishlist", like("/c/women-kurtas", "/wishlist")),
    Screen("wishlist-share", share_wishlist),
    Screen("wishlist-shared", read_shared_wishlist),
    Screen("wishlist-not-shared", read_wishlist_taken_back),
    Screen("checkout-contact", "/checkout/contact"),
    Screen("checkout-contact-errors", leave_contact_empty),
    Screen("checkout-address", fill_contact),
    Screen("checkout-delivery", fill_address),
    Screen("checkout-payment", choose_delivery),
    Screen("checkout-review", choose("card")),
    Screen("bank", place),
    Screen("bank-code", pay_with_code("4000 0000 0000 3220")),
    Screen("order-thanks", pay_with_code("123456")),
    Screen("order", order_in("shipped")),
    Screen("order-code", order_in("out_for_delivery")),
    Screen("order-cancelled", order_in("cancelled")),
    Screen("order-unpaid", order_in("placed", "payment_method <> 'cod'")),
    Screen("order-waits", wait_for_the_bank),
    Screen("order-refund", ask_for_an_account),
    Screen("track", "/track"),
    Screen("login", "/login"),
    Screen("login-refused", fail_to_log_in),
    Screen("register", "/register"),
    Screen("not-found", "/p/nothing-here"),
)
NEWCOMER = (
    Screen("password-forgot", "/password/forgot"),
    Screen("password-code", ask_for_code),
    Screen("password-code-refused", type_wrong_code),
    Screen("forgot-email", "/forgot-email"),
    Screen("forgot-email-sent", "/forgot-email/sent"),
    Screen("account-new", register),
    Screen("verify-email", open_mailed_link),
    Screen("verify-email-expired", "/verify/email?token=old"),
    Screen("account-coupons", "/account/coupons"),
    Screen("account-data", "/account/data"),
    Screen("account-sizes", "/account/sizes"),
    Screen("account-data-ready", ask_for_data),
    Screen("account-deletion", "/account/deletion"),
)
CUSTOMER = (
    Screen("account", log_in_customer),
    Screen("account-orders", "/account/orders"),
    Screen("account-invoices", "/account/invoices"),
    Screen("account-order", order_in("out_for_delivery", "user_id IS NOT NULL", mine=True)),
    Screen("account-credit", be_given_credit),
    Screen("account-addresses", "/account/addresses"),
    Screen("account-address-new", "/account/addresses/new"),
    Screen("account-profile", "/account/profile"),
    Screen("account-phone-code", ask_for_phone_code),
    Screen("account-profile-square", choose_picture),
    Screen("account-profile-picture", save_picture),
    Screen("account-password", "/account/password"),
    Screen("account-deletion-not-yet", "/account/deletion"),
    Screen("account-back-in-stock", open_waits),
    Screen("account-sizes-partner", save_sizes),
    Screen("listing-saved-sizes", list_in_saved_sizes),
)
GUARDED = (
    Screen("account-sign-ins", log_in_and_open("/account/sign-ins")),
    Screen("account-two-factor", "/account/two-factor"),
    Screen("account-two-factor-key", ask_for_key),
    Screen("account-two-factor-codes", show_code_of_app),
    Screen("account-two-factor-on", "/account/two-factor"),
    Screen("login-code", log_in_half_way),
    Screen("login-code-refused", type_no_code),
    Screen("login-elsewhere-failed", "/login/github/callback?state=odd"),
)
OWNER = (
    Screen("staff-dashboard", log_in_owner),
    Screen("staff-orders", "/staff/orders"),
    Screen("staff-order-placed", staff_order_in("placed", "payment_method = 'cod'")),
    Screen("staff-order-packed", staff_order_in("packed")),
    Screen("staff-order-out", staff_order_in("out_for_delivery")),
    Screen("rider", open_rider_page),
    Screen("rider-wrong-code", type_wrong_otp),
    Screen("rider-not-at-home", find_nobody),
    Screen("staff-order-tracking", book_and_track),
    Screen("staff-order-packing", staff_order_in("confirmed")),
    Screen("staff-order-lines", change_lines),
    Screen("staff-order-several", pack_in_two),
    Screen("staff-order-failed", staff_order_in("delivery_failed")),
    Screen("staff-order-delivered", staff_order_in("delivered", "payment_standing = 'partly_refunded'")),
    Screen("staff-orders-in-figures", "/staff/orders/statistics"),
    Screen("staff-orders-shipping", look_at_waybills),
    Screen("staff-orders-packed", pack_ticked),
    Screen("staff-order-by-phone", order_by_phone),
    Screen("staff-order-without-account", order_without_account),
    Screen("order-track", track),
    Screen("staff-payments", "/staff/payments"),
    Screen("staff-payment", open_payment),
    Screen("staff-refund", work_out_a_refund),
    Screen("staff-coupons", "/staff/coupons"),
    Screen("staff-coupon-new", "/staff/coupons/new"),
    Screen("staff-coupon", open_coupon("KURTA20")),
    Screen("staff-coupon-usage", open_coupon("SAVE10", "/usage")),
    Screen("staff-invoices", "/staff/invoices"),
    Screen("staff-invoice", "/staff/invoices/1"),
    Screen("staff-invoice-draft", draft_invoice),
    Screen("staff-taxes", "/staff/taxes"),
    Screen("staff-products", "/staff/products"),
    Screen("staff-product", "/staff/products/2"),
    Screen("staff-product-pictures", "/staff/products/2#pictures", whole=False),
    Screen("staff-product-new", "/staff/products/new"),
    Screen("staff-variants-sold", "/staff/products/2/matrix?show=sold"),
    Screen("staff-variants-price", "/staff/products/2/matrix?show=price"),
    Screen("staff-variants-sale", "/staff/products/2/matrix?show=sale"),
    Screen("staff-variants-refused", refuse_prices),
    Screen("staff-variants-sku", "/staff/products/2/matrix?show=sku", DESK),
    Screen("staff-variants-weight", "/staff/products/2/matrix?show=weight", DESK),
    Screen("staff-variants-dimensions", "/staff/products/2/matrix?show=dimensions", DESK),
    Screen("staff-variants-stock", "/staff/products/2/matrix/stock", DESK),
    Screen("staff-product-related", relate),
    Screen("staff-product-related-undo", take_away, PHONE, whole=False),
    Screen("staff-product-scheduled", schedule),
    Screen("staff-products-scheduled", "/staff/products?view=scheduled"),
    Screen("staff-product-sales", schedule_sale),
    Screen("staff-bulk-edit", look_at_edit),
    Screen("staff-bulk-edit-made", make_edit),
    Screen("staff-stock", "/staff/stock"),
    Screen("staff-stock-low", "/staff/stock?view=low"),
    Screen("staff-stock-variant", open_moved_variant),
    Screen("staff-stock-take", count_shelf),
    Screen("staff-stock-take-applied", apply_count),
    Screen("staff-stock-takes", "/staff/stock/takes"),
    Screen("staff-size-runs", "/staff/stock/size-runs"),
    Screen("staff-synonyms", "/staff/synonyms"),
    Screen("staff-synonym", "/staff/synonyms/1"),
    Screen("staff-empty-searches", "/staff/empty-searches?days=90"),
    Screen("staff-categories", "/staff/categories"),
    Screen("staff-category", "/staff/categories/4"),
    Screen("staff-category-new", "/staff/categories/new?below=1"),
    Screen("staff-category-removal", "/staff/categories/1/removal"),
    Screen("staff-brands", "/staff/brands"),
    Screen("staff-brand", "/staff/brands/1"),
    Screen("staff-brand-new", "/staff/brands/new"),
    Screen("staff-brand-removal", "/staff/brands/1/removal"),
    Screen("staff-occasions-none", "/staff/occasions?q=nothinglikethis"),
    Screen("staff-occasions", "/staff/occasions"),
    Screen("staff-occasion", "/staff/occasions/1"),
    Screen("staff-occasion-new", "/staff/occasions/new"),
    Screen("staff-occasion-removal", "/staff/occasions/1/removal"),
    Screen("staff-product-types", "/staff/product-types"),
    Screen("staff-product-type", "/staff/product-types/1"),
    Screen("staff-product-type-new", "/staff/product-types/new"),
    Screen("staff-product-type-removal", "/staff/product-types/1/removal"),
    Screen("staff-size-table", "/staff/product-types/1/size-table"),
    Screen("staff-colours", "/staff/colours"),
    Screen("staff-filters", "/staff/filters"),
    Screen("staff-colour", "/staff/colours/1"),
    Screen("staff-colour-new", "/staff/colours/new"),
    Screen("staff-colour-removal", "/staff/colours/1/removal"),
    Screen("staff-sizes", "/staff/sizes"),
    Screen("staff-size", "/staff/sizes/1"),
    Screen("staff-customers", "/staff/customers"),
    Screen("staff-customers-filtered", "/staff/customers?q=a&email=yes&status=active&sort=spent"),
    Screen("staff-customer", "/staff/customers/2"),
    Screen("staff-customer-timeline", "/staff/customers/2/timeline"),
    Screen("staff-customer-new", "/staff/customers/new"),
    Screen("staff-customer-deletion", "/staff/customers/2/deletion"),
    Screen("staff-customer-groups-empty", "/staff/customer-groups"),
    Screen("staff-customer-group-empty", make_group("Regulars")),
    Screen("staff-customer-grouping", "/staff/customers/grouping?all=1&q=sa"),
    Screen("staff-customer-group", put_into_group),
    Screen("staff-customer-helped", sign_in_as("/staff/customers/2")),
    Screen("staff-customer-helped-bag", "/cart"),
    Screen("staff-customer-helped-after", end_help),
    Screen("staff-webhooks", "/staff/webhooks"),
    Screen("staff-mails", "/staff/mail"),
    Screen("staff-mail", "/staff/mail/1"),
    Screen("staff-store", "/staff/store"),
    Screen("staff-store-edit", "/staff/store/1"),
    Screen("staff-settings", set_settings(few_left="3")),
    Screen("staff-settings-errors", set_settings(few_left="many")),
    Screen("staff-state-words", "/staff/state-words"),
    Screen("staff-state-words-errors", call_packed("shipped")),
    Screen("staff-confirm", come_back_late),
    Screen("staff-confirm-go-on", confirm_it_is_me),
    Screen("staff-roles", "/staff/roles"),
    Screen("staff-role", "/staff/roles/3"),
    Screen("staff-role-new", "/staff/roles/new"),
    Screen("staff-team", "/staff/team"),
    Screen("staff-team-new", "/staff/team/new"),
    Screen("staff-team-member", add_to_team),
    Screen("staff-logins", "/staff/logins"),
    Screen("staff-login-removal", "/staff/logins/1/removal"),
    Screen("staff-audit", "/staff/audit"),
    Screen("staff-audit-change", open_change("setting_value")),
    Screen("staff-audit-kept", open_change("user_account")),
    Screen("staff-audit-nothing", "/staff/audit?table=brand&action=delete"),
    Screen("product-gone", delete_and_look("maidan-ringer-tee")),
    Screen("staff-products-deleted", "/staff/products?view=deleted"),
)
WORK = (
    Screen("staff-jobs-empty", no_jobs_yet),
    Screen("staff-export", "/staff/exports/new?q=tee"),
    Screen("staff-job-done", export_products),
    Screen("staff-job-running", show_running),
    Screen("staff-import", "/staff/imports/new"),
    Screen("staff-import-refused", send_nothing),
    Screen("staff-import-problems", look_at_wrong_file),
    Screen("staff-import-changes", look_at_right_file),
    Screen("staff-import-done", import_it),
    Screen("staff-pictures-import", "/staff/imports/pictures/new"),
    Screen("staff-pictures-import-refused", send_no_pictures),
    Screen("staff-pictures-import-changes", look_at_pictures),
    Screen("staff-pictures-import-done", import_the_rest),
    Screen("staff-jobs", "/staff/jobs"),
)
PRICES = (
    Screen("staff-price-trial", make_discounts),
    Screen("staff-price-trial-done", try_bag),
    Screen("staff-price-trial-refused", try_nothing),
    Screen("bag-drawer-discounts", fill_bag, whole=False),
    Screen("bag-discounts", open_bag),
)
DELIVERY = (
    Screen("staff-delivery", delivery.show_methods),
    Screen("staff-delivery-method", delivery.open_method),
    Screen("staff-delivery-refused", delivery.leave_method_empty),
    Screen("staff-customer-points", delivery.weigh_buyers),
)
COURIER = (
    Screen("checkout-payment-fee", delivery.pay_courier),
    Screen("checkout-payment-code", delivery.owe_a_code),
    Screen("checkout-code-refused", delivery.mistype_code),
    Screen("checkout-payment-part", delivery.owe_a_part),
    Screen("checkout-review-part", choose("cod")),
    Screen("checkout-delivery-nowhere", delivery.go_nowhere),
)
ABROAD = (
    Screen("staff-store-abroad", abroad.move_to_bangladesh),
    Screen("checkout-address-abroad", abroad.put_something_into_bag),
    Screen("checkout-payment-abroad", abroad.give_address),
    Screen("bank-wallet", abroad.choose_wallet),
)
CHAPTERS = (GUEST, NEWCOMER, CUSTOMER, OWNER, GUARDED, WORK, PRICES, DELIVERY, COURIER)
# Which shops there are to walk through: the commands that make each, and its chapters.
SHOPS: tuple[tuple[tuple[list[str], ...], tuple[Chapter, ...]], ...] = (
    ((["shop", "demo"],), CHAPTERS),
    (abroad.MADE_BY, (ABROAD,)),
)


def is_wanted(chapter: Chapter, camera: Camera) -> bool:
    """Whether a picture of this chapter was asked for."""
    return any(camera.wants(screen.name) for screen in chapter)


def tell(chapter: Chapter, walk: Walk, camera: Camera) -> None:
    """Walk through a chapter as a new visitor and take each picture on the way."""
    for screen in chapter:
        _go(walk, screen.way)
        camera.take(walk.page, screen.name, widths=screen.widths, whole=screen.whole)
    walk.close()


def _go(walk: Walk, way: Way) -> None:
    walk.page.set_viewport_size({"width": 1280, "height": WIDTHS[1280]})
    if isinstance(way, str):
        walk.open(way)
    else:
        way(walk)
