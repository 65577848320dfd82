"""The outbox on every engine: one message, one name, one who sends it."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta

import pytest

from findings.store.outbox import LEASE, Channel, Delivery, Outgoing
from findings.store.store import Store
from tests.findings.nights import night, page, sight

DOMAIN = "example.gov.cn"


@pytest.fixture
def parcel(store):
    run = night(store, seen=[sight("COL101", page("/a"))])
    return Outgoing("fixlists", run, "区教育局", Channel.MAIL, "a@example.gov.cn", "c" * 32)


def test_what_was_sent_is_taken_by_nobody(store, parcel):
    message, ours = store.take(parcel, domain=DOMAIN)
    assert (ours, message.copy, message.doubtful) == (True, 0, False)
    assert message.message_id == f"<{parcel.name()}.gongkai@{DOMAIN}>"
    store.attempt(message.id)
    store.settle(message.id, Delivery.SENT)
    found, ours = store.take(parcel, domain=DOMAIN)
    assert (ours, found.state, found.attempts) == (False, Delivery.SENT, 1)
    assert found.sent is not None


def test_once_more_is_another_message_until_that_is_sent(store, parcel):
    first, _ = store.take(parcel, domain=DOMAIN, again=True)
    store.settle(first.id, Delivery.SENT)
    second, ours = store.take(parcel, domain=DOMAIN, again=True)
    assert (ours, second.copy) == (True, 1)
    assert second.message_id != first.message_id
    store.settle(second.id, Delivery.FAILED, "连接断开")
    third, ours = store.take(parcel, domain=DOMAIN, again=True)
    assert (ours, third.message_id, third.doubtful) == (True, second.message_id, False)


@pytest.mark.parametrize("state", [Delivery.FAILED, Delivery.UNKNOWN])
def test_what_did_not_arrive_keeps_its_name_whatever_the_domain_is_now(store, parcel, state):
    first, _ = store.take(parcel, domain=DOMAIN)
    store.settle(first.id, state, "没有答复")
    again, ours = store.take(parcel, domain="other.example")
    assert (ours, again.message_id) == (True, first.message_id)
    assert again.doubtful is (state is Delivery.UNKNOWN)


def test_another_content_or_reader_is_another_message(store, parcel):
    message, _ = store.take(parcel, domain=DOMAIN)
    store.settle(message.id, Delivery.SENT)
    for other in (
        Outgoing(
            parcel.kind, parcel.run, parcel.unit, parcel.channel, "b@example.gov.cn", "c" * 32
        ),
        Outgoing(parcel.kind, parcel.run, parcel.unit, parcel.channel, parcel.recipient, "d" * 32),
        Outgoing(parcel.kind, parcel.run, "花湖街道", parcel.channel, parcel.recipient, "c" * 32),
        Outgoing("digest", parcel.run, parcel.unit, parcel.channel, parcel.recipient, "c" * 32),
    ):
        assert store.take(other, domain=DOMAIN)[1]


def test_who_was_killed_while_sending_leaves_doubt_and_lets_go_after_a_while(url):
    now = [datetime(2026, 3, 1, tzinfo=UTC)]
    with Store.open(url, clock=lambda: now[0]) as store:
        run = night(store, seen=[sight("COL101", page("/a"))])
        parcel = Outgoing("digest", run, "", Channel.MAIL, "a@example.gov.cn", "c" * 32)
        store.take(parcel, domain=DOMAIN)
        now[0] += LEASE / 2
        assert store.take(parcel, domain=DOMAIN)[1] is False
        now[0] += LEASE / 2 + timedelta(seconds=1)
        message, ours = store.take(parcel, domain=DOMAIN)
        assert (ours, message.doubtful) == (True, True)


@pytest.mark.parametrize("kind", ["file", "postgresql"])
def test_of_many_programs_at_once_one_sends(kind, tmp_path, request):
    url = (
        f"sqlite:///{tmp_path}/x.db" if kind == "file" else request.getfixturevalue("postgres_url")
    )
    with Store.open(url) as store:
        run = night(store, seen=[sight("COL101", page("/a"))])
        parcel = Outgoing("digest", run, "", Channel.MAIL, "a@example.gov.cn", "c" * 32)
        taken = []
        together = threading.Barrier(4)

        def takes():
            together.wait()
            taken.append(store.take(parcel, domain=DOMAIN)[1])

        threads = [threading.Thread(target=takes) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert sorted(taken) == [False, False, False, True]
