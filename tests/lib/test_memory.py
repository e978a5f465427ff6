"""What a process remembers stays within its weight."""

from shop.lib.memory import Memory


def test_what_was_not_asked_for_the_longest_goes_first() -> None:
    memory: Memory[str] = Memory(10)
    memory.put("a", "first", 4)
    memory.put("b", "second", 4)
    assert memory.get("a") == "first"
    memory.put("c", "third", 4)
    assert [memory.get(key) for key in "abc"] == ["first", None, "third"]
    assert memory.weight == 8


def test_what_is_replaced_is_weighed_once() -> None:
    memory: Memory[str] = Memory(10)
    memory.put("a", "small", 3)
    memory.put("a", "large", 9)
    assert (memory.weight, len(memory), memory.get("a")) == (9, 1, "large")


def test_what_alone_is_too_heavy_pushes_nothing_out() -> None:
    memory: Memory[str] = Memory(10)
    memory.put("a", "kept", 5)
    memory.put("b", "huge", 11)
    assert (memory.get("a"), memory.get("b")) == ("kept", None)
