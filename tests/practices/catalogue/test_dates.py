"""A date is a day, a month or a year, in either era, typed in either language."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from practices.catalogue import dates


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("2018", "2018"),
        ("2561", "2018"),
        ("๒๕๖๑", "2018"),
        ("พ.ศ. 2561", "2018"),
        ("April 2018", "2018-04"),
        ("Apr 2018", "2018-04"),
        ("04/2018", "2018-04"),
        ("2018-04", "2018-04"),
        ("เมษายน 2561", "2018-04"),
        ("เม.ย. 2561", "2018-04"),
        ("เม.ย. ๒๕๖๑", "2018-04"),
        ("12 April 2018", "2018-04-12"),
        ("12/4/2561", "2018-04-12"),
        ("12.4.2018", "2018-04-12"),
        ("วันที่ 12 เมษายน พ.ศ. 2561", "2018-04-12"),
        ("2018-04-12", "2018-04-12"),
        ("", ""),
    ],
)
def test_dates_are_read_in_both_eras_and_languages(typed, stored):
    assert dates.parse(typed) == stored


@pytest.mark.parametrize(
    "typed", ["yesterday", "31 April 2018", "13/2018", "18", "1800", "4000", "1 2 3 4", "–", "\x00"]
)
def test_what_is_no_date_is_refused_with_a_message(typed):
    with pytest.raises(ValidationError):
        dates.parse(typed)


@pytest.mark.parametrize(
    ("stored", "english", "thai"),
    [
        ("2018", "2018", "2561"),
        ("2018-04", "April 2018", "เมษายน 2561"),
        ("2018-04-12", "12 April 2018", "12 เมษายน 2561"),
    ],
)
def test_dates_are_shown_in_the_era_of_the_language(stored, english, thai):
    assert (dates.display(stored, "en"), dates.display(stored, "th")) == (english, thai)


def test_a_period_names_both_ends_once():
    assert dates.display_period("2013", "2017", "en") == "2013–2017"
    assert dates.display_period("2018-04", "2018-04", "th") == "เมษายน 2561"
    assert dates.display_period("", "", "en") == ""


@given(st.dates(min_value=datetime.date(1900, 1, 1), max_value=datetime.date(2100, 12, 31)))
def test_what_is_shown_can_be_typed_again(day):
    for language in ("en", "th"):
        assert dates.parse(dates.display(day.isoformat(), language)) == day.isoformat()


@given(st.text(max_size=40))
def test_whatever_is_typed_gives_a_date_or_a_message(text):
    try:
        stored = dates.parse(text)
    except ValidationError:
        return
    assert stored == "" or dates.display(stored, "th")
