"""The canonicaliser: what is one page has one key, what may differ stays apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.addresses.urls import bad_address, host_of, is_http, resolve, url_key, url_pattern
from plugins.addresses.verdicts import LinkVerdict

H = "http://www.example.gov.cn"

# (spelling, key). Where both sides of a pair matter the second spelling follows on the next line.
KEYS = [
    # scheme, host, port
    ("HTTP://WWW.Example.GOV.cn/a", H + "/a"),
    (H + ":80/a", H + "/a"),
    (H + ":0080/a", H + "/a"),
    (H + ":/a", H + "/a"),
    (H + ":8080/a", H + ":8080/a"),
    (H + ":443/a", H + ":443/a"),
    ("https://www.example.gov.cn:443/a", "https://www.example.gov.cn/a"),
    ("https://www.example.gov.cn:80/a", "https://www.example.gov.cn:80/a"),
    ("https://www.example.gov.cn/a", "https://www.example.gov.cn/a"),
    ("http://www.example.gov.cn./a", H + "/a"),
    ("http://user:secret@www.example.gov.cn/a", H + "/a"),
    ("http://中国.政府网/", "http://xn--fiqs8s.xn--mxtq1mduy/"),
    ("http://xn--fiqs8s.xn--mxtq1mduy/", "http://xn--fiqs8s.xn--mxtq1mduy/"),
    ("http://ｗｗｗ．example．gov．cn/a", H + "/a"),
    ("http://www。example。gov。cn/a", H + "/a"),
    ("http://www.ex%61mple.gov.cn/a", H + "/a"),
    ("http://[2001:0DB8:0::1]/a", "http://[2001:db8::1]/a"),
    ("http://[::ffff:1.2.3.4]:80/a", "http://[::ffff:102:304]/a"),
    ("http://010.0x1.2.3/a", "http://8.1.2.3/a"),
    ("http://2130706433/", "http://127.0.0.1/"),
    ("http://under_score.example.gov.cn/", "http://under_score.example.gov.cn/"),
    # path
    (H, H + "/"),
    (H + "?a=1", H + "/?a=1"),
    (H + "/a/./b/../c", H + "/a/c"),
    (H + "/a/b/..", H + "/a/"),
    (H + "/a/b/.", H + "/a/b/"),
    (H + "/../../a", H + "/a"),
    (H + "/a/%2e%2E/b", H + "/b"),
    (H + "/a//b", H + "/a//b"),
    (H + "//a", H + "//a"),
    (H + "/a//../b", H + "/a/b"),
    (H + "/A/b", H + "/A/b"),
    (H + "/a/", H + "/a/"),
    (H + "/a...b/..c/d..", H + "/a...b/..c/d.."),
    # percent-encoding
    (H + "/%7euser/%41", H + "/~user/A"),
    (H + "/a%2fb", H + "/a%2Fb"),
    (H + "/a%3fb", H + "/a%3Fb"),
    (H + "/政策", H + "/%E6%94%BF%E7%AD%96"),
    (H + "/%e6%94%bf%e7%ad%96", H + "/%E6%94%BF%E7%AD%96"),
    (H + "/%d5%fe%b2%df", H + "/%D5%FE%B2%DF"),
    (H + "/a b", H + "/a%20b"),
    (H + "/a%20b", H + "/a%20b"),
    (H + "/100%", H + "/100%25"),
    (H + "/100%zz", H + "/100%25zz"),
    (H + "/%25%34%31", H + "/%2541"),
    (H + '/a"<>|^`{}b', H + "/a%22%3C%3E%7C%5E%60%7B%7Db"),
    (H + "/a+b", H + "/a+b"),
    (H + "/a(1)!$&'*,;=:@b", H + "/a(1)!$&'*,;=:@b"),
    # query
    (H + "/a?b=2&a=1", H + "/a?a=1&b=2"),
    (H + "/a?a=2&a=1", H + "/a?a=2&a=1"),
    (H + "/a?b=1&a=2&a=1", H + "/a?a=2&a=1&b=1"),
    (H + "/a?", H + "/a"),
    (H + "/a?&&", H + "/a"),
    (H + "/a?&b=1&", H + "/a?b=1"),
    (H + "/a?b", H + "/a?b"),
    (H + "/a?b=", H + "/a?b="),
    (H + "/a?B=1&b=2", H + "/a?B=1&b=2"),
    (H + "/a?q=%e6%94%bf", H + "/a?q=%E6%94%BF"),
    (H + "/a?q=政", H + "/a?q=%E6%94%BF"),
    (H + "/a?q=%D5%FE", H + "/a?q=%D5%FE"),
    (H + "/a?q=a%26b", H + "/a?q=a%26b"),
    (H + "/a?u=http://b.cn/?c=1", H + "/a?u=http://b.cn/?c=1"),
    (H + "/a?x[0]=1", H + "/a?x%5B0%5D=1"),
    (H + "/a?x%5b0%5d=1", H + "/a?x%5B0%5D=1"),
    (H + "/a?20220816", H + "/a?20220816"),
    # sessions
    (H + "/a;jsessionid=0A1B?x=1", H + "/a?x=1"),
    (H + "/a;JSESSIONID=0A1B", H + "/a"),
    (H + "/a;jsessionid=1;v=2/b", H + "/a;v=2/b"),
    (H + "/a;v=1", H + "/a;v=1"),
    (H + "/a?PHPSESSID=abc&id=3", H + "/a?id=3"),
    (H + "/a?ASPSESSIONIDABCD=x", H + "/a"),
    (H + "/(S(lit3py55t21z5v55vlm25s55))/a.aspx", H + "/a.aspx"),
    (H + "/(S)/a.aspx", H + "/(S)/a.aspx"),
    (H + "/a?sid=5", H + "/a?sid=5"),
    (H + "/a?sid=jyj2024", H + "/a?sid=jyj2024"),
    (H + "/a?sid=0a1b2c3d4e5f60718293a4b5c6d7e8f9", H + "/a"),
    (H + "/a?id=0a1b2c3d4e5f60718293a4b5c6d7e8f9", H + "/a?id=0a1b2c3d4e5f60718293a4b5c6d7e8f9"),
    # tracking and cache busters
    (H + "/a?utm_source=x&UTM_Medium=y&id=1", H + "/a?id=1"),
    (H + "/a?spm=a1.b2&id=1", H + "/a?id=1"),
    (H + "/a?from=groupmessage&isappinstalled=0", H + "/a"),
    (H + "/a?from=singlemessage", H + "/a"),
    (H + "/a?from=20", H + "/a?from=20"),
    (H + "/a?from=2022-01-01", H + "/a?from=2022-01-01"),
    (H + "/a?_=1660630000000", H + "/a"),
    (H + "/a?t=0.8460275915", H + "/a"),
    (H + "/a?t=3", H + "/a?t=3"),
    (H + "/a?t=20220816", H + "/a?t=20220816"),
    (H + "/a?v=2", H + "/a?v=2"),
    # fragments
    (H + "/a#top", H + "/a"),
    (H + "/a#", H + "/a"),
    (H + "/a#!", H + "/a#!"),
    (H + "/a#!/list/2", H + "/a#!/list/2"),
    (H + "/a#/list/2", H + "/a#/list/2"),
    (H + "/a?x=1#y?z=2", H + "/a?x=1"),
    # blanks and what is no web address
    ("  " + H + "/a\n", H + "/a"),
    ("\u3000" + H + "/a\u200b", H + "/a"),
    (H + "/a\r\n/b", H + "/a/b"),
    ("mailto:a@example.gov.cn", "mailto:a@example.gov.cn"),
    ("javascript:void(0)", "javascript:void(0)"),
    ("", ""),
    ("/a/b", "/a/b"),
    ("http://", "http://"),
    (H + ":99999/a", H + ":99999/a"),
]


@pytest.mark.parametrize(("spelling", "key"), KEYS)
def test_a_spelling_has_the_key_of_the_table(spelling, key):
    # "#!" alone is no route: it has nothing behind it.
    expected = H + "/a" if spelling.endswith("#!") else key
    assert url_key(spelling) == expected
    assert url_key(expected) == expected


@pytest.mark.parametrize(
    ("url", "names", "key"),
    [
        (H + "/a/index.html", {"index.html"}, H + "/a/"),
        (H + "/a/Index.HTML", {"index.html"}, H + "/a/"),
        (H + "/index.html", {"index.html"}, H + "/"),
        (H + "/a/index.html", set(), H + "/a/index.html"),
        (H + "/a/default.aspx", {"index.html"}, H + "/a/default.aspx"),
        (H + "/a/index.html?id=1", {"index.html"}, H + "/a/index.html?id=1"),
        (H + "/a/index.html?utm_id=1", {"index.html"}, H + "/a/"),
        (H + "/a/index_1.html", {"index.html"}, H + "/a/index_1.html"),
    ],
)
def test_index_names_merge_only_where_they_are_named(url, names, key):
    assert url_key(url, frozenset(names)) == key


BASE = H + "/zw/tz/list.html?page=1#top"


@pytest.mark.parametrize(
    ("raw", "url"),
    [
        ("http://b.gov.cn", "http://b.gov.cn/"),
        ("HTTPS://B.gov.cn/x", "https://b.gov.cn/x"),
        ("//b.gov.cn/x", "http://b.gov.cn/x"),
        ("/x", H + "/x"),
        ("x.html", H + "/zw/tz/x.html"),
        ("./x.html", H + "/zw/tz/x.html"),
        ("../x.html", H + "/zw/x.html"),
        ("../../../../x.html", H + "/x.html"),
        ("..", H + "/zw/"),
        ("?page=2", H + "/zw/tz/list.html?page=2"),
        ("x?a=/../b", H + "/zw/tz/x?a=/../b"),
        ("#more", H + "/zw/tz/list.html?page=1"),
        ("#/news", H + "/zw/tz/list.html?page=1#/news"),
        ("x#!/1", H + "/zw/tz/x#!/1"),
        ("\\x\\y", H + "/x/y"),
        ("..\\x.html", H + "/zw/x.html"),
        ("http:\\\\b.gov.cn\\x?a=\\", "http://b.gov.cn/x?a=\\"),
        ("  x.html \n", H + "/zw/tz/x.html"),
        ("/a\n/b\t.html", H + "/a/b.html"),
        ("\u3000/x", H + "/x"),
        ("/a b.html", H + "/a%20b.html"),
        ("/政.html", H + "/%E6%94%BF.html"),
        ("/%D5%FE.html", H + "/%D5%FE.html"),
        ("/%7ea", H + "/%7ea"),
        ("/a?b=2&a=1", H + "/a?b=2&a=1"),
        ("/a?utm_source=x", H + "/a?utm_source=x"),
        ("/a//b", H + "/a//b"),
        ("http://b.gov.cn:80/", "http://b.gov.cn/"),
        ("http://u:p@b.gov.cn/", "http://b.gov.cn/"),
        ("http://例子.政务/", "http://xn--fsqu00a.xn--zfr164b/"),
        ("www.b.gov.cn/x", H + "/zw/tz/www.b.gov.cn/x"),
        ("httpd.html", H + "/zw/tz/httpd.html"),
        ("", ""),
        ("   ", ""),
        ("#", ""),
        ("javascript:void(0)", ""),
        ("JavaScript:;", ""),
        ("data:image/png;base64,AAAA", ""),
        ("mailto:a@b.gov.cn", ""),
        ("tel:0714-6510000", ""),
        ("weixin://dl/x", ""),
        ("ftp://b.gov.cn/x", ""),
        ("about:blank", ""),
        ("file:///C:/x.doc", ""),
        ("C:\\x.doc", ""),
        ("http://", ""),
        ("http:///x", ""),
        ("http:/x", ""),
        ("http:x", ""),
        ("http://http://b.gov.cn/", ""),
        ("http：//b.gov.cn/", ""),
        ("http://b .gov.cn/", ""),
        ("http://b，gov，cn/", ""),
        ("http://b..gov.cn/", ""),
        ("http://b.gov.cn:99999/", ""),
        ("http://[::1/", ""),
        ("//", ""),
    ],
)
def test_a_link_resolves_as_a_browser_resolves_it(raw, url):
    assert resolve(BASE, raw) == url


def test_a_query_is_written_in_the_charset_of_its_page():
    assert resolve(BASE, "/s?q=政", "gb18030") == H + "/s?q=%D5%FE"
    assert resolve(BASE, "/政?q=政", "gb18030") == H + "/%E6%94%BF?q=%D5%FE"
    assert resolve(BASE, "/s?q=政", "no-such-charset") == H + "/s?q=%E6%94%BF"


def test_without_a_base_only_whole_addresses_resolve():
    assert resolve("", H + "/a") == H + "/a"
    assert resolve("", "//b.gov.cn/a") == "http://b.gov.cn/a"
    assert resolve("", "/a") == ""
    assert resolve("mailto:x", "a") == ""


def test_host_of_names_the_port_only_where_it_is_not_the_schemes_own():
    assert host_of("http://WWW.Example.gov.cn:80/x") == "www.example.gov.cn"
    assert host_of("https://www.example.gov.cn:8443/x") == "www.example.gov.cn:8443"
    assert host_of("http://[::1]:81/") == "[::1]:81"
    assert host_of("/x") == host_of("mailto:a@b.cn") == host_of("http://") == ""


def test_is_http_wants_a_scheme_and_a_host():
    assert is_http("https://a.cn")
    assert not is_http("//a.cn/")
    assert not is_http("ftp://a.cn/")
    assert not is_http("http://a b/")


@pytest.mark.parametrize(
    ("path", "pattern"),
    [
        ("/zc/zfwj/202208/t20220816_12345.html", "/zc/zfwj/N/tN_N.html"),
        ("/art/2022/8/16/art_123_456.html", "/art/N/N/N/art_N_N.html"),
        ("/col/col123/index.html", "/col/colN/index.html"),
        ("/xx/c100086/202011/0a1b2c3d4e5f60718293a4b5c6d7e8f9.shtml", "/xx/cN/N/H.shtml"),
        ("/content/d338bc08-0e80-475d-85f0-706f102408ae.html", "/content/H.html"),
        ("/public/6596581/37408176.html", "/public/N/N.html"),
        ("/zw/index_2.html", "/zw/index_N.html"),
        ("/政策/3.html", "/政策/N.html"),
        ("/%D5%FE/3.html", "/H/N.html"),
        ("/list.jsp?id=3&page=2", "/list.jsp?id&page"),
        ("/facade/", "/facade/"),
        ("/a#/list/12", "/a#/list/N"),
    ],
)
def test_a_pattern_folds_numbers_and_ids_and_keeps_names(path, pattern):
    assert url_pattern(H + path) == "www.example.gov.cn" + pattern


@pytest.mark.parametrize(
    ("raw", "verdict"),
    [
        ("http://", LinkVerdict.MALFORMED),
        ("https://", LinkVerdict.MALFORMED),
        ("http:///www.b.gov.cn/x", LinkVerdict.MALFORMED),
        ("http:/www.b.gov.cn/x", LinkVerdict.MALFORMED),
        ("http:www.b.gov.cn/x", LinkVerdict.MALFORMED),
        ("http//www.b.gov.cn/x", LinkVerdict.MALFORMED),
        ("http：//www.b.gov.cn/x", LinkVerdict.MALFORMED),
        ("http;//www.b.gov.cn/x", LinkVerdict.MALFORMED),
        ("htttp://www.b.gov.cn/x", LinkVerdict.MALFORMED),
        ("htp://www.b.gov.cn/x", LinkVerdict.MALFORMED),
        ("ttp://www.b.gov.cn/x", LinkVerdict.MALFORMED),
        ("hhttp://www.b.gov.cn/x", LinkVerdict.MALFORMED),
        ("http ://www.b.gov.cn/x", LinkVerdict.MALFORMED),
        ("http://http://www.b.gov.cn", LinkVerdict.MALFORMED),
        ("http://https://www.b.gov.cn", LinkVerdict.MALFORMED),
        ("https:http://www.b.gov.cn", LinkVerdict.MALFORMED),
        ("http://www.b.gov.cn http://c.cn/", LinkVerdict.MALFORMED),
        ("http:// www.b.gov.cn/", LinkVerdict.MALFORMED),
        ("http://www.b.gov，cn/x", LinkVerdict.MALFORMED),
        ("http://www,b,gov,cn/x", LinkVerdict.MALFORMED),
        ("http://www..b.gov.cn/x", LinkVerdict.MALFORMED),
        ("http://www.b.gov.cn:80a/x", LinkVerdict.MALFORMED),
        ("http://www.b.gov.cn：8080/x", LinkVerdict.MALFORMED),
        ("http://详见附件", LinkVerdict.MALFORMED),
        ("http://1.2.3.4.5/", LinkVerdict.MALFORMED),
        ("www.b.gov.cn:8080/x", LinkVerdict.MALFORMED),
        ("//", LinkVerdict.MALFORMED),
        ("file:///C:/Users/a/b.doc", LinkVerdict.PREVIEW),
        ("file:///D|/b.doc", LinkVerdict.PREVIEW),
        ("C:\\Users\\a\\b.doc", LinkVerdict.PREVIEW),
        ("c:/b.doc", LinkVerdict.PREVIEW),
        ("C%3A/b.doc", LinkVerdict.PREVIEW),
        ("\\\\server\\share\\b.doc", LinkVerdict.PREVIEW),
        ("../AppData/Local/Temp/msohtmlclip1/01/clip_image001.png", LinkVerdict.PREVIEW),
        ("http://localhost/x", LinkVerdict.PREVIEW),
        ("http://localhost:8080/x", LinkVerdict.PREVIEW),
        ("localhost:8080/x", LinkVerdict.PREVIEW),
        ("http://127.0.0.1:8080/x", LinkVerdict.PREVIEW),
        ("http://127.1/x", LinkVerdict.PREVIEW),
        ("http://0.0.0.0/x", LinkVerdict.PREVIEW),
        ("http://[::1]/x", LinkVerdict.PREVIEW),
        ("/preview/123.html", LinkVerdict.PREVIEW),
        ("http://www.b.gov.cn/cms/preview/123", LinkVerdict.PREVIEW),
        ("http://www.b.gov.cn/app/preview.jsp?id=1", LinkVerdict.PREVIEW),
        ("http://10.1.2.3/x", LinkVerdict.INTERNAL),
        ("http://172.16.0.1:8080/x", LinkVerdict.INTERNAL),
        ("http://192.168.1.1/x", LinkVerdict.INTERNAL),
        ("http://169.254.1.1/x", LinkVerdict.INTERNAL),
        ("http://100.64.0.1/x", LinkVerdict.INTERNAL),
        ("http://[fd00::1]/x", LinkVerdict.INTERNAL),
        ("http://[fe80::1]/x", LinkVerdict.INTERNAL),
        ("http://[::ffff:10.0.0.1]/x", LinkVerdict.INTERNAL),
        ("http://oa/x", LinkVerdict.INTERNAL),
        ("http://oa.local/x", LinkVerdict.INTERNAL),
        ("//192.168.1.1/x", LinkVerdict.INTERNAL),
        ("http:\\\\192.168.1.1\\x", LinkVerdict.INTERNAL),
    ],
)
def test_an_address_that_cannot_work_is_named_with_a_reason(raw, verdict):
    found = bad_address(raw, resolve(BASE, raw))
    assert found is not None
    assert found[0] is verdict
    assert any("\u4e00" <= letter <= "\u9fff" for letter in found[1])


@pytest.mark.parametrize(
    "raw",
    [
        "",
        "#",
        "#top",
        "about:blank",
        "javascript:void(0)",
        "javascript:;",
        "mailto:a@b.gov.cn",
        "tel:12345",
        "data:image/png;base64,AAAA",
        "ftp://b.gov.cn/x",
        "weixin://dl/x",
        "http://www.b.gov.cn",
        "HTTP://www.b.gov.cn",
        "http:\\\\www.b.gov.cn\\x",
        "http://www.b.gov.cn:8080/x",
        "http://8.8.8.8/x",
        "http://[2400:3200::1]/x",
        "//www.b.gov.cn/x",
        "/x y.html",
        "/政策.html",
        "http.html",
        "https/index.html",
        "httpd/x",
        "tp/x.html",
        "/login?to=http://b.gov.cn/",
        "http://www.b.gov.cn/go?u=http://c.cn",
        "http://web.archive.org/web/2020/http://b.gov.cn/",
        "http://zhanlan.b.gov.cn/zl/preview/12.html",
        "/english/preview/12.html",
        "/preview.html",
        "/preview/",
        "http://www。b。gov。cn/",
        "http://中国.政府/",
    ],
)
def test_an_ordinary_address_is_not_bad(raw):
    assert bad_address(raw, resolve(BASE, raw)) is None


def test_hosts_that_the_inventory_allows_are_not_bad():
    assert bad_address("/x", "http://127.0.0.1:8080/x", own={"127.0.0.1:8080"}) is None
    assert bad_address("http://10.0.0.8/x", "http://10.0.0.8/x", own={"10.0.0.8"}) is None
    assert bad_address("/x", "http://127.0.0.1:8080/x") is not None


HOSTS = st.sampled_from(
    ["www.example.gov.cn", "EXAMPLE.gov.cn.", "例子.政务", "10.0.0.1", "[::1]", "a_b.cn"]
)
TEXT = st.text(
    st.one_of(st.sampled_from("abc/.%;=&?#+ \\2eE4fF(S)!-_~政，\u3000\n"), st.characters()),
    max_size=40,
)
ADDRESSES = st.builds(
    "{}://{}{}/{}".format,
    st.sampled_from(["http", "https", "HTTP"]),
    HOSTS,
    st.sampled_from(["", ":80", ":8080", ":"]),
    TEXT,
)


@given(ADDRESSES)
def test_the_key_of_a_key_is_the_key(url):
    key = url_key(url)
    assert url_key(key) == key
    assert key.isascii()


@given(TEXT)
def test_any_text_has_a_key_and_resolves_or_does_not_but_never_raises(text):
    assert url_key(url_key(text)) == url_key(text)
    url = resolve(BASE, text)
    assert not url or is_http(url)
    bad_address(text, url)
    url_pattern(text)


@given(TEXT)
def test_what_resolves_once_resolves_to_itself(text):
    url = resolve(BASE, text)
    assert resolve("http://other.gov.cn/", url) == url


@given(TEXT.filter(lambda text: "\\" not in text))
def test_resolving_never_changes_the_page_that_is_meant(text):
    url = resolve(BASE, H + "/" + text)
    assert url_key(url) == url_key(H + "/" + text)


NAMES = st.text("abcdxyz", min_size=1, max_size=4)


@given(st.dictionaries(NAMES, st.text("abc123%政", max_size=4), max_size=6), st.randoms())
def test_the_order_of_different_parameters_does_not_matter(pairs, random):
    pieces = [f"{name}={value}" for name, value in pairs.items()]
    shuffled = random.sample(pieces, len(pieces))
    assert url_key(H + "/a?" + "&".join(pieces)) == url_key(H + "/a?" + "&".join(shuffled))


@given(st.lists(NAMES, min_size=2, max_size=5, unique=True))
def test_the_order_of_values_of_one_parameter_matters(values):
    first = url_key(H + "/a?" + "&".join(f"p={value}" for value in values))
    second = url_key(H + "/a?" + "&".join(f"p={value}" for value in reversed(values)))
    assert first != second


@given(st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), min_size=1, max_size=8))
def test_escaped_and_plain_letters_are_one_page(text):
    escaped = "".join(f"%{byte:02x}" for byte in text.encode())
    assert url_key(f"{H}/{text}?q={text}") == url_key(f"{H}/{escaped}?q={escaped}")


@given(st.text("abcXYZ", min_size=1, max_size=8))
def test_letter_case_of_a_path_is_never_merged(path):
    assert (url_key(f"{H}/{path}") == url_key(f"{H}/{path.lower()}")) == (path == path.lower())
