"""Letters arrive whole, once, and nowhere else: at a real mail server and a real HTTP service."""

from __future__ import annotations

import io
import json
from datetime import UTC, datetime
from email.header import decode_header
from pathlib import Path

import pytest
from openpyxl import load_workbook

from crawler.commands import run as gongkai
from crawler.sending.addressbook_file import read_addressbook
from crawler.sending.dispatch import Patience
from crawler.sending.envelope import envelope
from crawler.sending.outcome import SendingState
from crawler.sending.smtp import deliver
from findings.letters.letters import Enclosure, OfficeLetter
from findings.store.outbox import Delivery
from findings.store.store import Store
from plugins import Unit
from tests.crawler.network.hostile_server import tls_context
from tests.crawler.sending.post_office import PASSWORD, ChatService, PostOffice
from tests.findings.nights import HOST, night, page, sight

pytestmark = pytest.mark.slow

UNITS = (Unit("区教育局", aliases=("教育局",)), Unit("花湖街道", "street"))
NOW = datetime(2026, 3, 2, tzinfo=UTC)


@pytest.fixture
def desk(tmp_path, monkeypatch):
    """A folder with a database: both units have something to mend."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GONGKAI_DATABASE", raising=False)
    with Store.open("sqlite:///var/gongkai.db") as store:
        night(
            store,
            seen=[
                sight("COL101", page(f"http://{HOST}/1"), "甲的问题。"),
                sight("COL101", page(f"http://{HOST}/2"), "乙的问题。", unit="花湖街道"),
            ],
            units=UNITS,
        )
    return tmp_path


def config(office=None, recipients="", **more):
    """Write the address book."""
    lines = []
    if office is not None:
        fields = {
            "host": "127.0.0.1",
            "port": office.port,
            "security": "plain",
            "from": "某区政务公开办 <gk@example.gov.cn>",
            **more,
        }
        lines = [
            "[mail]",
            *(f"{name} = {json.dumps(v, ensure_ascii=False)}" for name, v in fields.items()),
        ]
    text = recipients or recipient("教育局", "jyj@example.gov.cn")
    Path("sending.toml").write_text("\n".join([*lines, text]), encoding="utf-8")


def recipient(unit, *mails, push=(), receives=None):
    who = f'unit = "{unit}"' if unit else "office = true"
    lines = ["", "[[recipient]]", who]
    lines += [f"mail = {json.dumps(mails)}"] if mails else []
    lines += [f"apprise = {json.dumps(push)}"] if push else []
    lines += [f"receives = {json.dumps(receives)}"] if receives else []
    return "\n".join(lines)


def send(capsys, *words):
    """One command: status, output, error output."""
    status = gongkai(["send", *map(str, words), *([] if "--pause" in words else ["--pause", "0"])])
    told = capsys.readouterr()
    return status, told.out, told.err


def states():
    with Store.open("sqlite:///var/gongkai.db") as store:
        return [one.state for one in store.posted()]


def attachments(mail):
    return {part.get_filename(): part for part in mail.iter_attachments()}


# ---- whole ------------------------------------------------------------------------------------


def test_a_fix_list_arrives_whole_and_alone(desk, capsys):
    with PostOffice().open() as office:
        config(
            office,
            recipient("教育局", "jyj@example.gov.cn")
            + recipient("花湖街道", "huahu@example.gov.cn"),
        )
        assert send(capsys, "fixlists", "--unit", "教育局")[0] == 0
    (mail,) = office.mails
    assert office.to == ["jyj@example.gov.cn"]
    assert mail["Subject"] == "关于整改政务公开和政府网站有关问题的通知（区教育局，2026-03-01）"
    assert mail["From"].addresses[0].display_name == "某区政务公开办"
    text = mail.get_body(("plain",)).get_content()
    html = mail.get_body(("html",)).get_content()
    assert "区教育局：" in text
    assert "附件：区教育局整改清单（2026-03-01）.xlsx" in html
    found = attachments(mail)
    assert list(found) == [
        "区教育局整改清单（2026-03-01）.xlsx",
        "区教育局整改清单（2026-03-01）.docx",
    ]
    book = load_workbook(io.BytesIO(found["区教育局整改清单（2026-03-01）.xlsx"].get_content()))
    cells = str([row for sheet in book for row in sheet.iter_rows(values_only=True)])
    assert "甲的问题" in cells
    assert "乙的问题" not in cells
    assert "花湖街道" not in cells


def test_names_are_readable_by_old_and_new_programs_and_bytes_stay(desk):
    raw = bytes(range(256)) * 300 + b"\r\n.\r\n..\n"
    name = "区教育局整改清单（2026年第一季度，含附表和说明）.docx"
    letter = OfficeLetter(
        "标题",
        ("正文。", ".一行以点开头"),
        "c",
        attachments=(Enclosure(name, raw, "application/x"),),
    )
    with PostOffice().open() as office:
        config(office)
        server = read_addressbook(Path("sending.toml")).mail
        mail = envelope(letter, server, "a@example.gov.cn", message_id="<1@x>", date=NOW)
        assert deliver(server, "", mail, "a@example.gov.cn").result is SendingState.ACCEPTED
    (got,) = office.mails
    (part,) = got.iter_attachments()
    assert part.get_content() == raw
    assert part.get_filename() == name
    assert ".一行以点开头" in got.get_body(("plain",)).get_content()
    wire = office.kept["<1@x>"]
    assert b"filename*0*=utf-8''" in wire
    # The name as an encoded word, which programs without RFC 2231 read.
    old = wire.partition(b'name="=?')[2].partition(b'"')[0].decode()
    pieces = decode_header("=?" + " ".join(old.split()))
    assert "".join(piece.decode(charset) for piece, charset in pieces) == name
    assert wire.isascii()
    assert max(map(len, wire.split(b"\r\n"))) <= 200


@pytest.mark.parametrize(
    "evil", ["标题\r\nBcc: thief@example.com", "标题\nX: y", "a\u2028Bcc: z@z"]
)
def test_no_header_can_be_smuggled_in(desk, evil):
    letter = OfficeLetter(
        evil, ("正文。",), "c", attachments=(Enclosure(f'{evil}".xlsx', b"x", "a/b"),)
    )
    with PostOffice().open() as office:
        config(office)
        server = read_addressbook(Path("sending.toml")).mail
        mail = envelope(letter, server, "a@example.gov.cn", message_id="<1@x>", date=NOW)
        deliver(server, "", mail, "a@example.gov.cn")
    (got,) = office.mails
    assert {"Bcc", "X"} & set(got.keys()) == set()
    assert office.to == ["a@example.gov.cn"]
    (part,) = got.iter_attachments()
    assert set(part.keys()) <= {
        "Content-Type",
        "Content-Transfer-Encoding",
        "Content-Disposition",
        "MIME-Version",
    }


def test_the_bulletin_goes_to_everybody_and_an_edited_file_as_it_is(desk, capsys):
    Path("通报定稿.docx").write_bytes(b"PK edited in Word")
    with PostOffice().open() as office:
        config(
            office,
            recipient("", "office@example.gov.cn")
            + recipient("花湖街道", "huahu@example.gov.cn")
            + recipient("区教育局", "jyj@example.gov.cn", receives=["digest"]),
        )
        assert send(capsys, "bulletin", "--district", "示范区")[0] == 0
        assert send(capsys, "bulletin", "--file", "通报定稿.docx")[0] == 0
    assert sorted(office.to) == ["huahu@example.gov.cn"] * 2 + ["office@example.gov.cn"] * 2
    made, edited = office.mails[0], office.mails[-1]
    assert "示范区" in made["Subject"]
    (name,) = attachments(made)
    assert name == "关于2026年示范区政务公开、政府网站和政务新媒体绩效考评情况的通报（预评估）.docx"
    assert attachments(edited)["通报定稿.docx"].get_content() == b"PK edited in Word"


# ---- once -------------------------------------------------------------------------------------


def test_what_was_sent_is_not_sent_again_unless_asked(desk, capsys):
    with PostOffice().open() as office:
        config(office)
        send(capsys, "fixlists", "--unit", "教育局")
        status, out, _ = send(capsys, "fixlists", "--unit", "教育局")
        assert (status, len(office.arrived)) == (0, 1)
        assert "发送过，没有重复发送（--again 可再发）" in out
        assert send(capsys, "fixlists", "--unit", "教育局", "--again")[0] == 0
        assert send(capsys, "fixlists", "--unit", "教育局")[0] == 0
    # Another Message-ID: servers would drop the old one.
    assert len(set(office.arrived)) == len(office.kept) == len(office.arrived) == 2


@pytest.mark.parametrize(
    "fault",
    ["connect", "mail", "mail 451 later", "rcpt 450 greylisted", "end 452 full", "mail 421 bye"],
)
def test_a_line_that_breaks_is_tried_again_and_one_mail_arrives(desk, capsys, fault):
    with PostOffice(faults=[fault, fault]).open() as office:
        config(office)
        status, out, err = send(capsys, "fixlists", "--unit", "教育局")
    assert (status, err) == (0, "")
    assert "已发送。" in out
    assert (office.connections, len(office.arrived), len(office.kept)) == (3, 1, 1)
    assert states() == [Delivery.SENT]


def test_a_line_that_breaks_before_the_answer_is_tried_under_the_same_name(desk, capsys):
    """At least once is all that SMTP allows here; the Message-ID makes it once."""
    with PostOffice(faults=["after"]).open() as office:
        config(office)
        status, out, _ = send(capsys, "fixlists", "--unit", "教育局")
    assert status == 0
    assert "可能收到两份（Message-ID相同）" in out
    assert (len(office.arrived), len(set(office.arrived)), len(office.kept)) == (2, 1, 1)
    assert states() == [Delivery.SENT]


def test_a_line_that_breaks_within_the_mail_is_tried_again(desk, capsys):
    with PostOffice(faults=["data"]).open() as office:
        config(office)
        assert send(capsys, "fixlists", "--unit", "教育局")[0] == 0
    assert (office.connections, len(office.arrived), len(office.kept)) == (2, 1, 1)


def test_a_mail_that_was_not_sent_to_its_end_is_known_not_to_have_arrived(desk):
    large = Enclosure("大.bin", bytes(12_000_000), "application/octet-stream")
    with PostOffice(faults=["data"]).open() as office:
        config(office)
        server = read_addressbook(Path("sending.toml")).mail
        mail = envelope(
            OfficeLetter("大", ("大",), "c", attachments=(large,)),
            server,
            "a@example.gov.cn",
            message_id="<1@x>",
            date=NOW,
        )
        outcome = deliver(server, "", mail, "a@example.gov.cn")
    assert outcome.result is SendingState.LATER
    assert office.kept == {}


def test_what_stays_unknown_says_so_and_keeps_its_name_for_the_next_call(desk, capsys):
    with PostOffice(faults=["after", "after", "connect"]).open() as office:
        config(office)
        status, out, err = send(capsys, "fixlists", "--unit", "教育局", "--attempts", 2)
        assert (status, out) == (3, "")
        assert "是否送达不明（试了2次）" in err
        assert states() == [Delivery.UNKNOWN]
        # That the server is away now does not make it known.
        assert send(capsys, "fixlists", "--unit", "教育局", "--attempts", 1)[0] == 3
        assert states() == [Delivery.UNKNOWN]
        status, out, _ = send(capsys, "fixlists", "--unit", "教育局")
        assert (status, "可能收到两份" in out) == (0, True)
    assert (len(office.arrived), len(office.kept)) == (3, 1)
    assert states() == [Delivery.SENT]


def test_pauses_grow_and_end():
    assert list(Patience(5, 10).pauses()) == [10, 30, 90, 270]
    assert list(Patience(7, 60).pauses())[-2:] == [300, 300]
    assert list(Patience(1).pauses()) == []


def test_a_refusal_for_good_is_told_and_not_tried_again(desk, capsys):
    with PostOffice(faults=["rcpt 550 5.1.1 no such user"]).open() as office:
        config(
            office,
            recipient("区教育局", "jyj@example.gov.cn") + recipient("花湖街道", "h@example.gov.cn"),
        )
        status, out, err = send(capsys, "fixlists")
    assert status == 3
    assert err.splitlines() == [
        "花湖街道（h@example.gov.cn）：整改清单未能发送（试了1次）：邮件服务器拒绝收件人：550 5.1.1 no such user。"
    ]
    assert "区教育局（jyj@example.gov.cn）：整改清单已发送。" in out
    assert (office.connections, office.to) == (2, ["jyj@example.gov.cn"])


def test_a_server_that_is_away_is_asked_only_so_often(desk, capsys):
    with PostOffice().open() as office:
        config(
            office,
            recipient("区教育局", "jyj@example.gov.cn") + recipient("花湖街道", "h@example.gov.cn"),
        )
    status, _, err = send(capsys, "fixlists", "--attempts", 3)
    assert status == 3
    assert "未能发送（试了3次）：连接邮件服务器：服务器拒绝连接。" in err.splitlines()[0]
    assert "未能发送（没有再试）" in err.splitlines()[1]
    assert states() == [Delivery.FAILED, Delivery.FAILED]


# ---- in confidence ----------------------------------------------------------------------------


def secure(folder, *, wrapped=False):
    return PostOffice(tls=tls_context(folder, "localhost"), wrapped=wrapped, login=True)


@pytest.mark.parametrize("wrapped", [False, True])
def test_login_over_an_encrypted_line(desk, capsys, monkeypatch, wrapped):
    monkeypatch.setenv("GK_PASS", PASSWORD)
    how = {
        "security": "ssl" if wrapped else "starttls",
        "host": "localhost",
        "ca_file": "localhost-False.pem",
        "username": "gk",
        "password_env": "GK_PASS",
    }
    with secure(desk, wrapped=wrapped).open() as office:
        config(office, **how)
        assert send(capsys, "fixlists", "--unit", "教育局")[0] == 0
    assert len(office.kept) == 1


def test_a_wrong_password_is_one_line_and_tried_once(desk, capsys, monkeypatch):
    monkeypatch.setenv("GK_PASS", "geheim")
    with secure(desk).open() as office:
        config(
            office,
            security="starttls",
            host="localhost",
            ca_file="localhost-False.pem",
            username="gk",
            password_env="GK_PASS",
        )
        status, _, err = send(capsys, "fixlists", "--unit", "教育局")
    assert (status, office.connections, office.kept) == (3, 1, {})
    assert "登录失败，请核对用户名和口令：535" in err
    assert len(err.splitlines()) == 1
    assert "geheim" not in err


def test_without_encryption_nothing_is_said_and_no_password_given(desk, capsys, monkeypatch):
    monkeypatch.setenv("GK_PASS", PASSWORD)
    with PostOffice(login=True).open() as office:
        config(office, security="starttls", username="gk", password_env="GK_PASS")
        status, _, err = send(capsys, "fixlists", "--unit", "教育局")
    assert (status, office.commands, office.kept) == (3, [], {})
    assert "不提供加密（STARTTLS），没有登录，也没有发送" in err


def test_a_certificate_that_cannot_be_trusted_ends_it(desk, capsys, monkeypatch):
    monkeypatch.setenv("GK_PASS", PASSWORD)
    with secure(desk).open() as office:
        config(office, security="starttls", host="localhost", username="gk", password_env="GK_PASS")
        status, _, err = send(capsys, "fixlists", "--unit", "教育局")
    assert (status, office.commands, office.kept) == (3, [], {})
    assert "证书不可信" in err


# ---- Apprise ----------------------------------------------------------------------------------


def test_chat_services_get_the_letter_with_its_files_once(desk, capsys, monkeypatch):
    with ChatService().open() as chat:
        monkeypatch.setenv("GK_CHAT", f"json://gk:s3cret@127.0.0.1:{chat.port}/x")
        config(None, recipient("区教育局", push=["${GK_CHAT}"]))
        status, out, err = send(capsys, "fixlists", "--unit", "教育局")
        assert (status, err) == (0, "")
        assert out.splitlines() == ["区教育局（${GK_CHAT}）：整改清单已发送。"]
        assert "没有重复发送" in send(capsys, "fixlists", "--unit", "教育局")[1]
    (got,) = chat.got
    assert got["title"].startswith("关于整改政务公开和政府网站有关问题的通知（区教育局")
    assert "请逐项整改" in got["message"]
    assert got["attachments"][0]["filename"] == "区教育局整改清单（2026-03-01）.xlsx"
    assert b"s3cret" not in Path("var/gongkai.db").read_bytes()


def test_a_failing_chat_service_is_tried_again_and_told_of(desk, capsys, monkeypatch):
    with ChatService(statuses=[500, 503]).open() as chat:
        monkeypatch.setenv("GK_CHAT", f"json://gk:s3cret@127.0.0.1:{chat.port}/x")
        config(None, recipient("区教育局", push=["${GK_CHAT}"]))
        status, _, err = send(capsys, "fixlists", "--unit", "教育局", "--attempts", 2)
        assert (status, chat.asked, chat.got) == (3, 2, [])
        assert "未能发送（试了2次）：对方答复HTTP 503" in err
        assert "s3cret" not in err
        assert send(capsys, "fixlists", "--unit", "教育局")[0] == 0
    assert len(chat.got) == 1


def test_a_chat_service_that_is_away_got_nothing(desk, capsys, monkeypatch):
    with ChatService().open() as chat:
        monkeypatch.setenv("GK_CHAT", f"json://127.0.0.1:{chat.port}/x")
    config(None, recipient("区教育局", push=["${GK_CHAT}"]))
    status, _, err = send(capsys, "fixlists", "--unit", "教育局", "--attempts", 2)
    assert status == 3
    assert "未能发送（试了2次）：连接不上对方的服务" in err
    assert states() == [Delivery.FAILED]


def test_a_chat_service_that_does_not_answer_leaves_it_unknown(desk, capsys, monkeypatch):
    with ChatService(statuses=[0]).open() as chat:
        monkeypatch.setenv("GK_CHAT", f"json://127.0.0.1:{chat.port}/x")
        config(None, recipient("区教育局", push=["${GK_CHAT}"]))
        status, _, err = send(capsys, "fixlists", "--unit", "教育局", "--attempts", 1)
    assert status == 3
    assert "是否送达不明" in err
    assert states() == [Delivery.UNKNOWN]


# ---- the digest -------------------------------------------------------------------------------


def two_readers(office):
    config(
        office, recipient("", "office@example.gov.cn") + recipient("花湖街道", "h@example.gov.cn")
    )


def next_night(*seen, **more):
    with Store.open("sqlite:///var/gongkai.db") as store:
        return night(store, seen=seen, units=UNITS, **more)


def test_the_digest_is_silent_until_something_changes_since_the_last_one_sent(desk, capsys):
    one = sight("COL101", page(f"http://{HOST}/1"), "甲的问题。")
    two = sight("COL101", page(f"http://{HOST}/2"), "乙的问题。", unit="花湖街道")
    new = sight("LNK101", page(f"http://{HOST}/3"), "新的死链。")
    with PostOffice().open() as office:
        two_readers(office)
        assert send(capsys, "digest")[0] == 0
        first = office.mails
        assert ["新增2项" in one["Subject"] for one in first] == [True, False]
        assert "第一份摘要" in first[0].get_body(("plain",)).get_content()
        assert "甲的问题" not in first[1].get_body(("plain",)).get_content()
        # The same run again, and a quiet night: nothing.
        assert "没有重复发送" in send(capsys, "digest")[1]
        next_night(one, two)
        out = send(capsys, "digest")[1]
        assert out.count("没有变化，不发送每日摘要") == 2
        assert len(office.arrived) == 2
        # A night whose digest could not be sent is told of by the next one that can.
        next_night(one, two, new)
        office.faults[:] = ["rcpt 550 no"]
        assert send(capsys, "digest")[0] == 3
        next_night(new, two, examined=[page(f"http://{HOST}/1")])
        assert send(capsys, "digest")[0] == 0
    last = office.mails[-1]
    assert len(office.arrived) == 3
    assert last["To"] == "office@example.gov.cn"
    assert "新增1项，已整改1项" in last["Subject"]
    text, html = (last.get_body((kind,)).get_content() for kind in ("plain", "html"))
    assert "与上次发送的摘要（2026-03-01）相比" in text
    assert all(
        words in text
        for words in (
            "单位：区教育局",
            "新的死链",
            "原文：原文",
            "http://demo.example/",
            "甲的问题",
        )
    )
    assert "乙的问题" not in text
    assert '<a href="http://demo.example/"' in html


def test_a_preview_writes_files_and_sends_nothing(desk, capsys, monkeypatch):
    with PostOffice().open() as office:
        config(
            office,
            recipient("", "office@example.gov.cn", push=["wecombot://${GK_UNSET}"]),
        )
        status, out, _ = send(capsys, "digest", "--preview", "--out", "seen")
        assert (status, office.connections, states()) == (0, 0, [])
    assert "预览2封，没有发送。" in out
    assert sorted(path.suffix for path in Path("seen").iterdir()) == [".eml", ".txt", ".txt"]
    text = next(iter(sorted(Path("seen").glob("*.txt")))).read_text(encoding="utf-8")
    assert "收件：政务公开办（office@example.gov.cn）" in text
    assert "新增（2项）" in text


# ---- wrong use --------------------------------------------------------------------------------

GOOD = '[mail]\nhost = "mail.example"\nfrom = "gk@example.gov.cn"\n'
ONE = '[[recipient]]\nunit = "区教育局"\nmail = ["a@example.gov.cn"]\n'


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (GOOD, "没有登记任何收件人"),
        (ONE, "sending.toml 字段“host”：缺少必填字段"),
        (GOOD + 'password = "x"\n' + ONE, "第4行 字段“password”：口令不能写在文件里"),
        (GOOD + 'username = "gk"\n' + ONE, "第4行 字段“username”：username 和 password_env 要一起写"),
        (GOOD + 'security = "none"\n' + ONE, "第4行 字段“security”：“none”无效"),
        (GOOD + 'security = "plain"\n' + ONE, "只能用于本机的邮件服务器"),
        (GOOD + "port = 70000\n" + ONE, "第4行 字段“port”：应为1到65535的数"),
        (GOOD + 'usernam = "gk"\n' + ONE, "是否应为“username”"),
        (GOOD.replace("gk@", "gk"), "字段“from”"),
        (GOOD + ONE.replace("a@", "a\\r\\nb@"), "第6行 字段“mail”"),
        (GOOD + ONE + "office = true\n", "要么写 unit"),
        (GOOD + ONE + 'receives = ["news"]\n', "第7行 字段“receives”：“news”无效"),
        (GOOD + ONE + ONE, "重复登记了同一收件地址"),
        (GOOD + ONE + 'apprise = ["wecombot://abcdefgh12345678"]\n', "地址中含有密钥，不能写在文件里"),
        (GOOD + ONE + 'apprise = ["json://gk:abcdefgh@h/${GK}"]\n', "地址中写着口令"),
        (GOOD + ONE + 'apprise = ["nonsense://x"]\n', "Apprise 不认识这个地址"),
        (GOOD + ONE.replace("区教育局", "区教育据"), "第4行 字段“unit”：台账中没有单位“区教育据”，是否应为“区教育局”"),
        (GOOD + 'username = "gk"\npassword_env = "GK_UNSET"\n' + ONE, "第5行 字段“password_env”：环境变量 GK_UNSET 没有设置"),
        (ONE.replace('mail = ["a@example.gov.cn"]', 'apprise = ["wecombot://${GK_UNSET}"]'), "环境变量 GK_UNSET 没有设置"),
    ],
)  # fmt: skip
def test_a_wrong_address_book_is_refused_by_line_and_field(desk, capsys, text, line):
    Path("sending.toml").write_text(text, encoding="utf-8")
    status, out, err = send(capsys, "fixlists")
    assert (status, out) == (2, "")
    assert line in err
    assert "abcdefgh" not in err


def test_the_address_book_of_the_docs_is_one(desk):
    text = (Path(__file__).parents[3] / "docs" / "sending.md").read_text(encoding="utf-8")
    Path("sending.toml").write_text(text.split("```toml\n")[1].split("```")[0], encoding="utf-8")
    book = read_addressbook(Path("sending.toml"))
    assert book.mail.security == "starttls"
    assert [one.unit for one in book.recipients] == ["", "区教育局", "花湖街道"]
    assert [len(book.of("bulletin", one.unit)) for one in book.recipients] == [1, 1, 0]
    assert book.of("fixlists", "") == ()


def test_who_has_no_recipient_is_told_of(desk, capsys):
    with PostOffice().open() as office:
        config(office)
        assert send(capsys, "fixlists", "--unit", "花湖街道")[0] == 2
        status, _, err = send(capsys, "fixlists")
    assert (status, office.to) == (3, ["jyj@example.gov.cn"])
    assert "花湖街道：没有登记接收整改清单的收件人，没有发送。" in err


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (("fixlists", "--format", "pdf"), "“pdf”无法识别"),
        (("fixlists", "--unit", "区财政局"), "台账中没有单位“区财政局”"),
        (("bulletin", "--file", "none.docx"), "文件或文件夹不存在"),
        (("digest", "--config", "none.toml"), "文件或文件夹不存在"),
        (("digest", "--run", 9), "没有第9次检查"),
    ],
)
def test_wrong_use_is_one_clear_line(desk, capsys, words, line):
    with PostOffice().open() as office:
        config(office)
        status, out, err = send(capsys, *words)
    assert (status, out, office.connections) == (2, "", 0)
    assert line in err
    assert len(err.splitlines()) == 1
