"""``--resolve`` reads what curl's --connect-to reads, and refuses the rest by name."""

from __future__ import annotations

import pytest

from crawler.plan.resolution import Resolution
from plugins.errors import ConfigurationError


def test_a_rule_answers_for_its_host_and_port_only():
    resolution = Resolution.parse(["www.example.gov.cn:80:127.0.0.1:8080"])
    assert resolution.lookup("www.example.gov.cn", 80) == ("127.0.0.1", 8080)
    assert resolution.lookup("www.example.gov.cn", 443) is None
    assert resolution.lookup("example.gov.cn", 80) is None


def test_host_names_are_compared_as_browsers_compare_them():
    resolution = Resolution.parse(
        ["WWW.Example.GOV.cn:80:127.0.0.1", "中国政府网.政务:80:127.0.0.2"]
    )
    assert resolution.lookup("www.example.gov.cn.", 80) == ("127.0.0.1", 80)
    punycode = "中国政府网.政务".encode("idna").decode()
    assert resolution.lookup(punycode, 80) == ("127.0.0.2", 80)


def test_a_port_left_out_behind_the_address_is_the_one_asked_for():
    assert Resolution.parse(["a.test:443:10.0.0.1"]).lookup("a.test", 443) == ("10.0.0.1", 443)


@pytest.mark.parametrize("spelling", ["*:80:127.0.0.1:8080", ":80:127.0.0.1:8080"])
def test_a_star_or_nothing_stands_for_any_host(spelling):
    resolution = Resolution.parse([spelling])
    assert resolution.lookup("whatever.test", 80) == ("127.0.0.1", 8080)
    assert resolution.lookup("whatever.test", 443) is None


def test_an_empty_port_stands_for_any_port():
    resolution = Resolution.parse(["a.test::127.0.0.1"])
    assert resolution.lookup("a.test", 8443) == ("127.0.0.1", 8443)


def test_the_closest_rule_wins_in_whatever_order_they_stand():
    rules = ["*::10.0.0.4", "*:80:10.0.0.3", "a.test::10.0.0.2", "a.test:80:10.0.0.1"]
    resolution = Resolution.parse(rules)
    assert resolution.lookup("a.test", 80) == ("10.0.0.1", 80)
    assert resolution.lookup("a.test", 443) == ("10.0.0.2", 443)
    assert resolution.lookup("b.test", 80) == ("10.0.0.3", 80)
    assert resolution.lookup("b.test", 443) == ("10.0.0.4", 443)


def test_ipv6_addresses_stand_in_brackets_on_both_sides():
    resolution = Resolution.parse(["[2001:DB8::1]:80:[::1]:8080"])
    assert resolution.lookup("2001:db8::1", 80) == ("::1", 8080)
    assert resolution.lookup("[2001:db8:0::1]", 80) == ("::1", 8080)


@pytest.mark.parametrize(
    ("spelling", "words"),
    [
        ("", "应写作"),
        ("a.test", "应写作"),
        ("a.test:80", "应写作"),
        ("a.test:eighty:127.0.0.1", "端口“eighty”"),
        ("a.test:0:127.0.0.1", "端口“0”"),
        ("a.test:80:127.0.0.1:70000", "端口“70000”"),
        ("a.test:80:not-an-address", "不是 IP 地址"),
        ("a.test:80:::1", "应写作"),
        ("a.test:80:127.0.0.1:1:2", "应写作"),
    ],
)
def test_a_wrong_spelling_is_refused_naming_the_option(spelling, words):
    with pytest.raises(ConfigurationError) as caught:
        Resolution.parse([spelling])
    text = str(caught.value)
    assert "--resolve" in text
    assert words in text
    assert f"“{spelling}”" in text


def test_all_wrong_spellings_are_named_at_once():
    with pytest.raises(ConfigurationError) as caught:
        Resolution.parse(["bad", "a.test:80:127.0.0.1", "worse"])
    assert len(caught.value.problems) == 2
