"""India: 6-digit pincodes, GST within the prices, UPI."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

from shop.lib.money import Money
from shop.store.countries.profile import Banks, Country, NamedBuyers, Phones, PostalCodes, Taxes, TaxParts, TaxRow

STATES = Path(__file__).parents[1] / "data" / "india-states.json"

# CGST Act s. 9, IGST Act s. 5, UTGST Act s. 7; territories with a parliament of their own count as states there.
PARTS = TaxParts("CGST", "SGST", across="IGST", territory="UTGST", territories=frozenset({
    "Andaman and Nicobar Islands", "Chandigarh", "Dadra and Nagar Haveli and Daman and Diu", "Ladakh", "Lakshadweep",
}))  # fmt: skip
GST = Taxes("GST", is_added=False, rows=(
    TaxRow("apparel", date(2017, 7, 1), 500, "Notification 1/2017-Central Tax (Rate), chapters 61 and 62",
           threshold=100000, high_rate=1200),
    TaxRow("apparel", date(2025, 9, 22), 500, "56th GST Council meeting, in force from 22 September 2025",
           threshold=250000, high_rate=1800),
), named=NamedBuyers(
    8, Money(5_000_000), "CGST Rules, r. 46 (d), (e); Companies Act 2013, s. 128 (5): eight financial years"
),
   parts=PARTS)  # fmt: skip

COUNTRY = Country(
    code="IN",
    name="India",
    currency="INR",
    sign="₹",
    locale="en_IN",
    time_zone="Asia/Kolkata",
    postal=PostalCodes(
        name="Pincode",
        pattern="[1-9][0-9]{5}",
        example="560001",
        hint="6 digits; fills city and state.",
        missing="Enter the 6-digit pincode.",
        wrong="A pincode has 6 digits, like 560001.",
        is_whole=True,
    ),
    phones=Phones(r"\+91[0-9]{8,10}", "Enter an Indian phone number with 10 digits, like 98450 12345."),
    taxes=GST,
    banks=Banks("IFSC", "[A-Z]{4}0[A-Z0-9]{6}", "An IFSC has 11 signs, like HDFC0001234."),
    payments=("upi", "card", "cod"),
    state_word="State",
    goods_code="HSN code",
    tax_numbers=("gstin", "pan"),
    states=tuple(row["name"] for row in json.loads(STATES.read_text("utf-8"))),
    books_begin=4,
)
