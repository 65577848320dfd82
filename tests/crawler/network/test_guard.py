"""A link must not lead the office's crawler into the office's own network."""

from __future__ import annotations

import asyncio

import pytest

from crawler.network.dialing import Dialer, NameLookupError, PrivateAddressError
from crawler.network.guard import AddressGuard, literal_address, local_name, private_why
from crawler.plan.resolution import Resolution

PRIVATE = [
    "127.0.0.1",
    "127.255.255.254",
    "10.0.0.1",
    "172.16.0.1",
    "172.31.255.255",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "100.127.255.255",
    "0.0.0.0",
    "0.1.2.3",
    "224.0.0.1",
    "239.255.255.250",
    "240.0.0.1",
    "255.255.255.255",
    "192.0.2.1",
    "198.18.0.1",
    "::",
    "::1",
    "fe80::1",
    "fe80::1%eth0",
    "fc00::1",
    "fd12:3456::1",
    "fec0::1",
    "ff02::1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "::127.0.0.1",
    "::ffff:0:10.0.0.1",
    "64:ff9b::10.0.0.1",
    "64:ff9b::7f00:1",
    "64:ff9b:1::1",
    "2002:7f00:1::",
    "2002:0a00:0001::1",
    "2001:0:4136:e378:8000:63bf:3fff:fdd2",
    "2001:db8::1",
    "2400:3200::5efe:10.0.0.1",
]
PUBLIC = [
    "1.2.4.8",
    "114.114.114.114",
    "100.63.255.255",
    "100.128.0.1",
    "172.32.0.1",
    "2400:3200::1",
    "64:ff9b::114.114.114.114",
    "::ffff:114.114.114.114",
    "2002:7272:7272::1",
]


@pytest.mark.parametrize("address", PRIVATE)
def test_an_address_that_is_not_public_is_refused(address):
    assert private_why(address)
    assert AddressGuard(Resolution()).refusal("www.example.test", 80, address)


@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_address_is_allowed(address):
    assert private_why(address) == ""


@pytest.mark.parametrize(
    "spelling",
    ["127.0.0.1", "2130706433", "0x7f000001", "0x7f.1", "127.1", "0177.0.0.1", "017700000001"],
)
def test_every_spelling_of_an_ipv4_address_is_read(spelling):
    assert str(literal_address(spelling)) == "127.0.0.1"


def test_names_are_no_literals():
    assert literal_address("www.example.gov.cn") is None
    assert literal_address("12306.cn") is None


@pytest.mark.parametrize(
    "host", ["localhost", "oa", "10.1.2.3", "[::1]", "2130706433", "files.lan", "oa.internal"]
)
def test_hosts_that_are_internal_by_their_spelling_are_known(host):
    assert local_name(host)


def test_public_names_are_not_internal_by_spelling():
    assert not local_name("www.example.gov.cn")
    assert not local_name("114.114.114.114")


def test_what_the_inventory_or_resolve_names_is_allowed():
    guard = AddressGuard(
        Resolution.parse(["www.a.test:80:127.0.0.1:8080"]), ["b.test", "c.test:8080", "[::1]:81"]
    )
    assert not guard.refusal("www.a.test", 80, "127.0.0.1")
    assert guard.refusal("www.a.test", 81, "127.0.0.1")
    assert not guard.refusal("B.test", 9999, "10.0.0.1")
    assert not guard.refusal("c.test", 8080, "10.0.0.1")
    assert guard.refusal("c.test", 80, "10.0.0.1")
    assert not guard.refusal("::1", 81, "::1")


def dial(dialer, host, port=80):
    return asyncio.run(dialer.addresses(host, port))


def table(**names):
    async def lookup(name):
        if name not in names:
            raise NameLookupError(name, absent=True)
        return tuple(names[name])

    return lookup


def test_the_dialer_refuses_a_name_that_leads_inside():
    with pytest.raises(PrivateAddressError, match="loopback"):
        dial(Dialer(), "localhost")
    with pytest.raises(PrivateAddressError, match="private"):
        dial(Dialer(lookup=table(evil=["10.0.0.1"])), "evil")


def test_the_dialer_gives_only_the_public_addresses_of_a_mixed_name():
    dialer = Dialer(lookup=table(mixed=["10.0.0.1", "114.114.114.114", "::1"]))
    assert dial(dialer, "mixed") == (("114.114.114.114", 80),)


def test_resolve_goes_before_dns_and_may_name_a_private_address():
    dialer = Dialer(Resolution.parse(["nowhere.test:80:127.0.0.1:8080"]), lookup=table())
    assert dial(dialer, "nowhere.test") == (("127.0.0.1", 8080),)


def test_a_name_that_changes_its_mind_is_checked_at_every_lookup():
    answers = iter([["114.114.114.114"], ["127.0.0.1"]])

    async def rebinding(name):
        return tuple(next(answers))

    dialer = Dialer(lookup=rebinding, keep=-1)
    assert dial(dialer, "evil.test")
    with pytest.raises(PrivateAddressError):
        dial(dialer, "evil.test")


def test_a_missing_name_is_told_from_a_silent_resolver():
    async def silent(name):
        await asyncio.sleep(60)

    with pytest.raises(NameLookupError) as absent:
        dial(Dialer(lookup=table()), "nowhere.test")
    assert absent.value.absent
    with pytest.raises(NameLookupError) as quiet:
        dial(Dialer(lookup=silent, patience=0.05), "nowhere.test")
    assert not quiet.value.absent


def test_only_a_public_address_proves_that_the_resolver_works():
    dialer = Dialer(
        lookup=table(inside=["127.0.0.1"], outside=["114.114.114.114"]), allowed_hosts=["inside"]
    )
    dial(dialer, "inside")
    assert not dialer.proved
    dial(dialer, "outside")
    assert dialer.proved


def test_an_address_that_took_no_connection_is_tried_last_from_then_on():
    dialer = Dialer(lookup=table(two=["2400:3200::1", "114.114.114.114"]))
    dialer.unreachable("2400:3200::1")
    assert [address for address, _ in dial(dialer, "two")] == ["114.114.114.114", "2400:3200::1"]
