"""Where the money of a refund goes."""

from __future__ import annotations

from typing import Any

from wtforms import StringField
from wtforms.validators import Length, Optional, Regexp

from shop.lib.http.incoming import stripped
from shop.payments.offers import offered
from shop.payments.payouts import Payee
from shop.payments.upi import NO_UPI_ID, UPI_ID
from shop.store.countries import country
from shop.storefront.forms import ShopForm
from shop.storefront.forms.bank import digits_of


class PayeeForm(ShopForm):
    """A UPI id where there is UPI, or a bank account."""

    upi_id = StringField("UPI ID", filters=[stripped], validators=[
        Optional(), Length(max=80, message="A UPI ID has at most 80 characters."),
        Regexp(rf"{UPI_ID}\Z", message=NO_UPI_ID)])  # fmt: skip
    name = StringField("Name on the account", filters=[stripped], validators=[
        Optional(), Length(2, 80, "Use between 2 and 80 characters for the name.")])  # fmt: skip
    account = StringField("Account number", filters=[digits_of], validators=[
        Optional(), Regexp(r"[0-9]{6,20}\Z", message="An account number has 6 to 20 digits.")])  # fmt: skip
    branch = StringField("Branch", filters=[stripped, lambda text: (text or "").upper()])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.branch.label.text = country().banks.branch
        if "upi" not in offered():
            del self.upi_id

    def validate(self, extra_validators: Any = None) -> bool:
        """One of both, whole; a bank account has three parts."""
        if not super().validate(extra_validators):
            return False
        bank = [field for field in (self.name, self.account, self.branch) if field.data]
        if self.upi_id and self.upi_id.data and not bank:
            return True
        if self.upi_id and self.upi_id.data:
            return self._refuse(self.upi_id, "Choose a UPI ID or a bank account, not both.")
        if self.upi_id and not bank:
            return self._refuse(self.upi_id, "Enter a UPI ID, or the bank account below.")
        return self._is_whole()

    def payee(self) -> Payee:
        """What was filled in."""
        if self.upi_id and self.upi_id.data:
            return Payee(upi_id=self.upi_id.data)
        return Payee(name=self.name.data or "", account=self.account.data or "", branch=self.branch.data or "")

    def _is_whole(self) -> bool:
        banks, words = country().banks, {self.name: "Enter the name on the account.",
                                         self.account: "Enter the account number."}  # fmt: skip
        missing = [self._refuse(field, sentence) for field, sentence in words.items() if not field.data]
        if not banks.fits(self.branch.data or ""):
            missing.append(self._refuse(self.branch, banks.wrong))
        return not missing

    def _refuse(self, field: StringField, sentence: str) -> bool:
        field.errors = [sentence]
        return False
