"""Bangladesh: 4-digit postcodes, VAT on top of the prices, mobile wallets."""

from __future__ import annotations

from datetime import date
from types import MappingProxyType

from shop.store.countries.profile import Banks, Country, NamedBuyers, Phones, PostalCodes, Taxes, TaxRow

DIVISIONS = {
    "Dhaka": ("Dhaka", "Faridpur", "Gazipur", "Gopalganj", "Kishoreganj", "Madaripur", "Manikganj", "Munshiganj",
              "Narayanganj", "Narsingdi", "Rajbari", "Shariatpur", "Tangail"),
    "Chittagong": ("Bandarban", "Brahmanbaria", "Chandpur", "Chittagong", "Cox's Bazar", "Cumilla", "Feni",
                   "Khagrachari", "Lakshmipur", "Noakhali", "Rangamati"),
    "Rajshahi": ("Bogura", "Chapai Nawabganj", "Joypurhat", "Naogaon", "Natore", "Pabna", "Rajshahi", "Sirajganj"),
    "Khulna": ("Bagerhat", "Chuadanga", "Jashore", "Jhenaidah", "Khulna", "Kushtia", "Magura", "Meherpur", "Narail",
               "Satkhira"),
    "Barisal": ("Barguna", "Barisal", "Bhola", "Jhalokati", "Patuakhali", "Pirojpur"),
    "Sylhet": ("Habiganj", "Moulvibazar", "Sunamganj", "Sylhet"),
    "Rangpur": ("Dinajpur", "Gaibandha", "Kurigram", "Lalmonirhat", "Nilphamari", "Panchagarh", "Rangpur",
                "Thakurgaon"),
    "Mymensingh": ("Jamalpur", "Mymensingh", "Netrakona", "Sherpur"),
}  # fmt: skip

VAT = Taxes("VAT", is_added=True, rows=(
    TaxRow("apparel", date(2019, 7, 1), 750, "VAT and SD Act 2012, National Board of Revenue: clothing shops"),
    TaxRow("apparel", date(2025, 1, 9), 1500, "VAT and SD (Amendment) Ordinance 2025"),
    TaxRow("apparel", date(2025, 1, 22), 1000, "National Board of Revenue, January 2025: clothes of a brand"),
), named=NamedBuyers(5, None, "VAT and SD Act 2012, s. 107: five years"))  # fmt: skip

COUNTRY = Country(
    code="BD",
    name="Bangladesh",
    currency="BDT",
    sign="৳",
    # Babel has no English of Bangladesh; days, months and hours read as in Britain.
    locale="en_GB",
    time_zone="Asia/Dhaka",
    postal=PostalCodes(
        name="Postcode",
        pattern="[1-9][0-9]{3}",
        example="1205",
        hint="4 digits; fills district and division where we know it.",
        missing="Enter the 4-digit postcode.",
        wrong="A postcode has 4 digits, like 1205.",
        is_whole=False,
    ),
    phones=Phones(r"\+8801[1-9][0-9]{8}", "Enter a mobile number of Bangladesh with 11 digits, like 01712 345678."),
    taxes=VAT,
    banks=Banks("Routing number", "[0-9]{9}", "A routing number has 9 digits, like 090261234."),
    payments=("bkash", "nagad", "rocket", "card", "cod"),
    state_word="Division",
    goods_code="HS code",
    states=tuple(DIVISIONS),
    books_begin=7,
    districts=MappingProxyType({name: division for division, names in DIVISIONS.items() for name in names}),
)
