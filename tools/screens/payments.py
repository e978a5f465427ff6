"""What is done on the pages of payments between two pictures."""

import sqlite3

from tools.screens.steps import CUSTOMER, Walk, log_in_owner

PARTLY = """SELECT p.id FROM payment p JOIN refund r ON r.payment_id = p.id WHERE r.state = 'done'
AND r.amount < p.amount ORDER BY p.id DESC LIMIT 1"""
WHO = f"SELECT id FROM user_account WHERE email = '{CUSTOMER[0]}'"
UNPAID = "state = 'placed' AND payment_method <> 'cod' AND payment_standing = 'pending'"
CASH = "payment_method = 'cod' AND payment_standing = 'paid'"


def open_payment(walk: Walk) -> None:
    """A payment of which a part went back."""
    walk.open(f"/staff/payments/{_one(walk, PARTLY)}")


def work_out_a_refund(walk: Walk) -> None:
    """One piece of a paid order is chosen, and what it comes to stands below."""
    number = walk.find("number", "state = 'delivered' AND payment_standing = 'paid' AND payment_method <> 'cod'")
    walk.open(f"/staff/orders/{number}/refund")
    walk.page.locator("input[name^=units-]").first.fill("1")
    walk.fill(reason="Faded in the first wash")
    walk.page.locator("#staff-refunds-amount b").wait_for()


def wait_for_the_bank(walk: Walk) -> None:
    """An order whose bank has not answered."""
    walk.open(f"/order/{walk.find('token', UNPAID)}/payment")


def ask_for_an_account(walk: Walk) -> None:
    """The owner gives cash back, and the order's page asks where it goes."""
    owner = walk.another()
    log_in_owner(owner)
    owner.open(f"/staff/orders/{walk.find('number', CASH)}/refund")
    owner.fill(amount="250", reason="Faded in the first wash")
    owner.page.get_by_role("button", name="Refund", exact=True).click()
    owner.page.locator("#payments").wait_for()
    owner.close()
    walk.open(f"/order/{walk.find('token', CASH)}")
    walk.page.get_by_role("link", name="tell us where it goes").first.click()
    walk.page.locator("[name=account]").wait_for()


def be_given_credit(walk: Walk) -> None:
    """The owner gives the customer credit for a long wait."""
    owner = walk.another()
    log_in_owner(owner)
    owner.open(f"/staff/customers/{_one(walk, WHO)}")
    owner.page.get_by_text("Give or take credit").click()
    owner.page.locator("#credit [name=amount]").fill("250")
    owner.page.locator("#credit [name=reason]").fill("Sorry for the long wait")
    with owner.page.expect_navigation():
        owner.page.locator("#credit [type=submit]").click()
    owner.close()
    walk.open("/account/credit")


def _one(walk: Walk, query: str) -> str:
    with sqlite3.connect(f"file:{walk.database}?mode=ro", uri=True) as connection:
        return str(connection.execute(query).fetchone()[0])
