"""Questions about the accident reports that were kept aside while the pass was built."""

from __future__ import annotations

from tests.exhaustive.reports import KnownReports, number_of

QUESTIONS = {
    "V1": KnownReports(
        "Which airplanes had tailwheel landing gear?", lambda r: r["gear"] == "Tailwheel"
    ),
    "V2": KnownReports(
        "List the reports of accidents on December 8, 2007.", lambda r: r["date"] == "2007-12-08"
    ),
    "V3": KnownReports(
        "How many accidents happened during instructional flights?",
        lambda r: r["purpose"] == "Instructional",
        counts=True,
    ),
    "V4": KnownReports("Which pilots were older than 60?", lambda r: number_of(r, "age") > 60),
    "V5": KnownReports(
        "What is the highest airframe total time, and in which report?",
        lambda r: r["airframe_hours"] == "5950",
        number=5950,
    ),
    "V6": KnownReports(
        "How many of the accidents happened in Florida?", lambda r: r["state"] == "FL", counts=True
    ),
    "V7": KnownReports(
        "In which reports was there a fire on the ground?", lambda r: r["fire"] == "On-Ground"
    ),
    "V8": KnownReports("Name all investigators in charge.", lambda _: True, names="investigator"),
}
