"""An invoice or credit note as a PDF file, with the particulars that CGST Rules 46 and 53 ask for."""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.platypus import Flowable

from shop.invoices.models import Invoice, InvoiceLine
from shop.invoices.states import InvoiceKind, InvoiceState
from shop.lib.money import Money
from shop.lib.pdf import blocks
from shop.lib.pdf.document import as_pdf
from shop.pricing.tax_split import PartName, part_names
from shop.store.amounts import in_full
from shop.store.countries import country_of
from shop.store.countries.profile import Country
from shop.store.formats import day_month_year, phone

WITHOUT_SIGNATURE = "Made by computer and valid without a signature."


def pdf_of(invoice: Invoice) -> bytes:
    """The file; an invoice that was issued gives the same one ever after, but for what became of it."""
    seller = invoice.seller
    here = country_of(seller["country"])
    parts = parts_of(invoice)
    story = [
        *blocks.header(seller["name"], _seller_lines(invoice), heading(invoice), _facts(invoice)),
        *blocks.parties(_parties(invoice, here)),
        *blocks.table(_titles(parts, here), [_row(invoice, line, parts) for line in invoice.lines],
                      [24, 9, 5, 14, 7, *[12 for _ in parts], 14], [0, 1], _ending(invoice, here)),
    ]  # fmt: skip
    foot = ", ".join(part for part in (invoice.name, seller["name"], seller["email"], phone(seller["phone"])) if part)
    return as_pdf(f"{heading(invoice)} {invoice.name}", seller["legal_name"], foot, story)


def file_name(invoice: Invoice) -> str:
    """INV-2627-000012.pdf."""
    return f"{invoice.number or f'draft-{invoice.id}'}.pdf"


def heading(invoice: Invoice) -> str:
    """What the paper is; a draft and a void one say so."""
    marks = {InvoiceState.DRAFT: "Draft: ", InvoiceState.VOID: "Void: "}
    return marks.get(InvoiceState(invoice.state), "") + invoice.title


def parts_of(invoice: Invoice) -> tuple[PartName, ...]:
    """What the parts of its tax are called."""
    taxes = country_of(invoice.seller["country"]).taxes
    return part_names(invoice.seller["state"], invoice.place_of_supply, taxes)


def sums(invoice: Invoice) -> list[tuple[str, Money]]:
    """What it comes to, from the taxable value to the total."""
    split = invoice.split
    taxes = [(part.name, getattr(split, part.field)) for part in parts_of(invoice)]
    return [("Taxable value", invoice.taxable), *taxes, ("Total", invoice.total)]


def percent(rate: float) -> str:
    """2.5 %, of basis points."""
    return f"{rate / 100:g} %"


def amount_of(invoice: Invoice, amount: Money) -> str:
    """An amount in the invoice's own currency."""
    return in_full(amount, invoice.currency)


def _seller_lines(invoice: Invoice) -> list[str]:
    seller = invoice.seller
    numbers = [f"{label} {seller[name]}" for name, label in (("gstin", "GSTIN"), ("pan", "PAN")) if seller[name]]
    legal = [seller["legal_name"]] if seller["legal_name"] != seller["name"] else []
    state = [] if any(seller["state"] in line for line in seller["lines"]) else [seller["state"]]
    return [*legal, *seller["lines"], *state, *numbers]


def _facts(invoice: Invoice) -> list[tuple[str, str]]:
    facts = [("Number", invoice.name)]
    if invoice.issued_at:
        facts.append(("Date", day_month_year(invoice.issued_at)))
    if invoice.corrects:
        facts.append(("Against", invoice.corrects.name))
        if invoice.corrects.issued_at:
            facts.append(("of", day_month_year(invoice.corrects.issued_at)))
    elif invoice.paid_at:
        facts.append(("Paid", day_month_year(invoice.paid_at)))
    elif invoice.due_on:
        facts.append(("Due", day_month_year(invoice.due_on)))
    return facts


def _parties(invoice: Invoice, here: Country) -> list[tuple[str, Sequence[str]]]:
    buyer = invoice.buyer
    billed = [buyer["name"], *buyer["lines"], buyer["state"]]
    if buyer["tax_number"]:
        billed.append(f"{here.taxes.name} number {buyer['tax_number']}")
    order = [invoice.order.number, f"of {day_month_year(invoice.order.placed_at)}"]
    return [("Billed to", billed), ("Order", order), ("Place of supply", [invoice.place_of_supply or here.name])]


def _titles(parts: Sequence[PartName], here: Country) -> list[str]:
    code = here.goods_code.removesuffix(" code")
    return ["Item", code, "Qty", "Taxable value", "Rate", *(part.name for part in parts), "Total"]


def _row(invoice: Invoice, line: InvoiceLine, parts: Sequence[PartName]) -> list[blocks.Cell]:
    name = (line.name, line.detail) if line.detail else line.name
    taxes = [
        (amount_of(invoice, getattr(line.split, part.field)), percent(line.tax_rate / part.share))
        if len(parts) > 1 else amount_of(invoice, getattr(line.split, part.field))
        for part in parts
    ]  # fmt: skip
    return [
        name, line.hsn, str(line.quantity or "–"), amount_of(invoice, line.taxable), percent(line.tax_rate),
        *taxes, amount_of(invoice, line.total),
    ]  # fmt: skip


def _ending(invoice: Invoice, here: Country) -> list[Flowable]:
    told = [(label, amount_of(invoice, amount)) for label, amount in sums(invoice)]
    return [*blocks.totals(told), *(element for text in _notes(invoice, here) for element in blocks.note(text))]


def _notes(invoice: Invoice, here: Country) -> list[str]:
    notes = [invoice.note, f"Void: {invoice.void_reason}" if invoice.void_reason else ""]
    if here.taxes.parts and invoice.kind == InvoiceKind.INVOICE:
        notes.append("Tax is payable on reverse charge: no.")
    return [note for note in (*notes, WITHOUT_SIGNATURE) if note]
