from issues.domain.scale import letters


def test_options_are_lettered_by_order_of_value() -> None:
    assert letters([100, 0, 50]) == {0: "a", 50: "b", 100: "c"}
