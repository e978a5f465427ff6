"""Where delivery methods go, and what the owner changes about them."""

from datetime import date

import pytest
from flask import Flask

from shop.delivery import services
from shop.delivery.calculating import costs
from shop.delivery.models import DeliveryMethod
from shop.delivery.queries import all_methods, methods, methods_to
from shop.delivery.services import MethodFields
from shop.delivery.zones import Place, Zones
from shop.extensions import db
from shop.lib.errors import NotFound, ShopError
from shop.lib.money import Money
from shop.lib.queries import rows
from shop.store.postal_areas import areas_of, is_within
from tests.checkout.buying import an_order_id

KORAMANGALA = Place("560034", "Bengaluru Urban", "Karnataka")
CHENNAI = Place("600001", "Chennai", "Tamil Nadu")


def fields(**changes: object) -> MethodFields:
    return MethodFields(**{"name": "Same day", "base_charge": Money(9900), "min_days": 0, "max_days": 0} | changes)


def names() -> list[str]:
    return [method.name for method in rows(all_methods())]


@pytest.mark.covers("ORD-09")
@pytest.mark.parametrize(
    ("zones", "is_served"),
    [(Zones(), True), (Zones(states=("Karnataka",)), True), (Zones(states=("Kerala",)), False),
     (Zones(cities=("BENGALURU",)), True), (Zones(cities=("Mysuru", "Benga")), False),
     (Zones(postal_codes=("560034",)), True), (Zones(postal_codes=("5600*",)), True),
     (Zones(postal_codes=("560001-560103",)), True), (Zones(postal_codes=("560035-560103", "11*")), False),
     (Zones(states=("Kerala",), postal_codes=("56*",)), True)],
)  # fmt: skip
def test_a_method_goes_where_any_of_its_zones_lies_and_without_any_everywhere(zones: Zones, is_served: bool) -> None:
    assert zones.serve(KORAMANGALA) is is_served


@pytest.mark.parametrize("nowhere", [Place(), Place("5600341"), Place("56003")])
def test_an_unknown_place_lies_in_no_area(nowhere: Place) -> None:
    assert not Zones(("Karnataka",), ("Bengaluru",), ("560001-560103",)).serve(nowhere)


def test_areas_are_read_as_people_type_them_and_what_is_none_is_named(app: Flask) -> None:
    assert areas_of("560001 – 560103, 11*;560001-560103\n400001") == ("11*", "400001", "560001-560103")
    for wrong in ("5600", "560103-560001", "560001-", "*", "1234567*", "abc", "056001"):
        with pytest.raises(ValueError, match=r"is none: write 560001, 5600\* or 560001-560009"):
            areas_of(f"560001, {wrong}")
    assert not is_within("", ("5*",))


@pytest.mark.covers("ORD-09")
def test_methods_are_added_changed_ordered_and_retired(app: Flask) -> None:
    made = services.create_method(fields(states=("Karnataka",), description="Before nine in the evening"))
    assert [method.name for method in methods()] == ["Standard delivery", "Express delivery", "Same day"]
    assert "Same day" not in [method.name for method in methods_to(CHENNAI)]
    services.move_method(made.id, -1)
    assert names() == ["Standard delivery", "Same day", "Express delivery"]
    services.move_method(made.id, -5)
    services.change_method(made.id, fields(name="Today"))
    assert names()[0] == "Today"
    assert methods_to(CHENNAI)[0].name == "Today"
    services.retire_method(made.id)
    assert "Today" not in [method.name for method in methods()]
    services.put_back(made.id)
    assert methods()[0].name == "Today"
    with pytest.raises(NotFound):
        services.move_method(987654, 1)


@pytest.mark.covers("ORD-09")
def test_a_method_that_an_order_names_is_retired_and_another_is_deleted(app: Flask) -> None:
    an_order_id()
    used = db.session.get_one(DeliveryMethod, methods()[0].id)
    spare = services.create_method(fields())
    db.session.commit()
    assert services.delete_method(spare.id)
    assert not services.delete_method(used.id)
    db.session.commit()
    assert names() == ["Standard delivery", "Express delivery"]
    assert used.retired_at is not None


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"min_days": 3, "max_days": 2}, "max_days"), ({"max_days": 61}, "max_days"),
     ({"states": ("Bavaria",)}, "states"), ({"postal_codes": ("5600",)}, "postal_codes")],
)  # fmt: skip
def test_what_makes_no_sense_is_refused_at_its_field(app: Flask, wrong: dict[str, object], field: str) -> None:
    with pytest.raises(ShopError) as refused:
        services.create_method(fields(**wrong))
    assert refused.value.field == field


@pytest.mark.covers("ORD-09")
def test_the_calculator_tells_each_methods_charge_days_and_whether_it_goes_there(app: Flask) -> None:
    services.create_method(fields(cities=("Bengaluru",)))
    told = [(cost.method.name, cost.is_served, cost.charge.minor, cost.arrives_from)
            for cost in costs(CHENNAI, Money(90000), 1200, date(2026, 11, 23))]  # fmt: skip
    assert told == [("Standard delivery", True, 7900, date(2026, 11, 27)),
                    ("Express delivery", True, 23900, date(2026, 11, 24)),
                    ("Same day", False, 9900, date(2026, 11, 23))]  # fmt: skip
