import json

from bench.report import Report, as_json

FAST = Report(title="Coffee", rows=[{"cup": "small", "ms": 0.25}, {"cup": "large", "ms": 12.0}], notes=["Hot."])
COLD = Report(title="Tea", rows=[], wrong=["It is cold."])


class TestReport:
    def test_is_a_table_with_numbers_to_the_right(self) -> None:
        assert FAST.table().splitlines() == [
            "Coffee",
            "",
            "cup       ms",
            "─────  ─────",
            "small  0.250",
            "large   12.0",
            "",
            "Hot.",
        ]

    def test_is_one_json_object_that_tells_what_was_wrong(self) -> None:
        found = json.loads(as_json({"coffee": FAST, "tea": COLD}))
        assert found["ok"] is False
        assert found["benches"]["tea"]["wrong"] == ["It is cold."]
        assert found["benches"]["coffee"]["rows"][1] == {"cup": "large", "ms": 12.0}

    def test_is_fine_when_nothing_was_wrong(self) -> None:
        assert json.loads(as_json({"coffee": FAST}))["ok"] is True

    def test_has_the_figures_of_a_bench_that_ran_alone_at_the_top(self) -> None:
        tea = Report(title="Tea", rows=[], figures={"cups": 2})
        assert json.loads(as_json({"tea": tea}))["cups"] == 2
        assert "cups" not in json.loads(as_json({"tea": tea, "coffee": FAST}))
