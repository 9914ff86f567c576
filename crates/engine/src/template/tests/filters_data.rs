//! Encodings, pickers, times.

use serde_json::{Value, json};

use super::super::{Scope, Templates};
use super::{code, moment, text_with};

fn given(template: &str, names: Value) -> String {
    text_with(template, names).unwrap_or_else(|error| panic!("{template}: {error}"))
}

fn picked(template: &str, names: Value) -> Value {
    let mut scope = Scope::new();
    if let Value::Object(members) = names {
        members
            .into_iter()
            .for_each(|(name, value)| scope.set(name, value));
    }
    Templates::shared()
        .render_value(template, &scope, &moment())
        .unwrap_or_else(|error| panic!("{template}: {error}"))
}

#[test]
fn base64_by_rfc_4648() {
    for (plain, encoded) in [
        ("", ""),
        ("f", "Zg=="),
        ("fo", "Zm8="),
        ("foo", "Zm9v"),
        ("foob", "Zm9vYg=="),
        ("fooba", "Zm9vYmE="),
        ("foobar", "Zm9vYmFy"),
    ] {
        assert_eq!(
            given("{{ p | base64encode }}", json!({ "p": plain })),
            encoded
        );
        assert_eq!(
            given("{{ p | base64url }}", json!({ "p": plain })),
            encoded.trim_end_matches('=')
        );
        assert_eq!(
            given("{{ e | base64decode }}", json!({ "e": encoded })),
            plain
        );
        assert_eq!(
            given(
                "{{ e | base64decode }}",
                json!({ "e": encoded.trim_end_matches('=') })
            ),
            plain
        );
    }
    assert_eq!(
        given("{{ 'user:pässword' | base64encode }}", json!({})),
        "dXNlcjpww6Rzc3dvcmQ="
    );
    assert_eq!(
        given(
            "{{ '-_8' | base64decode | hexencode }}{{ '+/8=' | base64decode | hexencode }}",
            json!({})
        ),
        "fbfffbff"
    );
    assert_eq!(
        given("{{ 'Zm9v\nYmFy' | base64decode }}", json!({})),
        "foobar"
    );
    assert_eq!(
        given(
            "{{ 12 | base64encode }} {{ true | base64encode }}",
            json!({})
        ),
        "MTI= dHJ1ZQ=="
    );
    assert_eq!(
        code(text_with("{{ 'a*b' | base64decode }}", json!({}))),
        "template.failed"
    );
    assert_eq!(given("{{ 'Ab' | hexencode }}", json!({})), "4162");
}

#[test]
fn percent_encoding_and_xml() {
    assert_eq!(
        given("{{ v | urlencode }}", json!({ "v": "a b/c?d=é&~._-" })),
        "a%20b%2Fc%3Fd%3D%C3%A9%26~._-"
    );
    assert_eq!(
        given(
            "{{ v | urlencode }}",
            json!({ "v": { "a": "x y", "b&": 1 } })
        ),
        "a=x%20y&b%26=1"
    );
    assert_eq!(
        given(
            "{{ v | xmlescape }}",
            json!({ "v": "<a b=\"c\">'&amp;'</a>" })
        ),
        "&lt;a b=&quot;c&quot;&gt;&apos;&amp;amp;&apos;&lt;/a&gt;"
    );
    assert_eq!(given("{{ 5 | xmlescape }}", json!({})), "5");
}

#[test]
fn json_text_and_back() {
    let names = || json!({ "v": { "b": [1, "x\n", null], "a": 1.0 } });
    assert_eq!(
        given("{{ v | json }}", names()),
        r#"{"b":[1,"x\n",null],"a":1.0}"#
    );
    assert_eq!(
        given("{{ v.b | json(indent=1) }}", names()),
        "[\n 1,\n \"x\\n\",\n null\n]"
    );
    assert_eq!(given("{{ 'a\"b' | json }}", json!({})), r#""a\"b""#);
    assert_eq!(
        picked(
            "{{ '\u{feff}{\"a\": [1, 18446744073709551615]}' | parse_json }}",
            json!({})
        ),
        json!({ "a": [1, u64::MAX] })
    );
    assert_eq!(
        picked(
            "{{ ('[{\"a\": {\"b\": 5}}]' | parse_json)[0].a.b }}",
            json!({})
        ),
        json!(5)
    );
    assert_eq!(
        code(text_with("{{ '<html>' | parse_json }}", json!({}))),
        "template.failed"
    );
    let deep = format!("{}1{}", "[".repeat(200), "]".repeat(200));
    assert_eq!(
        code(text_with("{{ v | parse_json }}", json!({ "v": deep }))),
        "template.failed"
    );
}

#[test]
fn objects_become_what_a_select_offers() {
    let names = || json!({ "s": [ { "id": 7, "at": { "name": "One" } }, { "id": "b" } ], "o": { "id": 1 } });
    assert_eq!(
        picked("{{ s | options('id', 'at.name') }}", names()),
        json!([{ "value": 7, "label": "One" }, { "value": "b" }])
    );
    assert_eq!(
        picked("{{ s | options('id') }}", names()),
        json!([{ "value": 7 }, { "value": "b" }])
    );
    for (template, expected) in [
        ("{{ s | options('key') }}", "template.failed"),
        ("{{ o | options('id') }}", "template.failed"),
        ("{{ s.nope | options('id') }}", "template.undefined"),
    ] {
        assert_eq!(code(text_with(template, names())), expected, "{template}");
    }
}

#[test]
fn json_paths_by_rfc_9535() {
    let store = || json!({ "s": { "book": [{ "t": "A", "p": 8 }, { "t": "B", "p": 23 }], "a": [1, 2], "no": null } });
    assert_eq!(picked("{{ s | jsonpath('$.a[0]') }}", store()), json!(1));
    assert_eq!(
        picked("{{ s | jsonpath('$.book[?@.p > 10].t') }}", store()),
        json!("B")
    );
    assert_eq!(
        picked("{{ s | jsonpath_all('$..t') }}", store()),
        json!(["A", "B"])
    );
    assert_eq!(
        picked("{{ s | jsonpath_all('$.nope') }}", store()),
        json!([])
    );
    assert_eq!(picked("{{ s | jsonpath('$.no') }}", store()), json!(null));
    assert_eq!(
        picked("{{ s | jsonpath('$.nope') | default('d') }}", store()),
        json!("d")
    );
    assert_eq!(
        picked("{{ '{\"a\": [7]}' | jsonpath('$.a[0]') }}", json!({})),
        json!(7)
    );
    assert_eq!(
        code(text_with("{{ s | jsonpath('$.nope') }}", store())),
        "template.undefined"
    );
    assert_eq!(
        code(text_with("{{ s | jsonpath('$[') }}", store())),
        "template.failed"
    );
    assert_eq!(
        code(text_with(
            &format!(
                "{{{{ s | jsonpath('$[?{}@.a{}]') }}}}",
                "(".repeat(5_000),
                ")".repeat(5_000)
            ),
            store()
        )),
        "template.failed"
    );
}

#[test]
fn patterns() {
    let names = || json!({ "v": "id=12&id=34&name=x" });
    assert_eq!(
        picked(r#"{{ v | regex("id=(\\d+)") }}"#, names()),
        json!("12")
    );
    assert_eq!(
        picked(r#"{{ v | regex("id=\\d+") }}"#, names()),
        json!("id=12")
    );
    assert_eq!(
        picked(r#"{{ v | regex_all("id=(\\d+)") }}"#, names()),
        json!(["12", "34"])
    );
    assert_eq!(picked(r#"{{ v | regex_all("zz") }}"#, names()), json!([]));
    assert_eq!(
        picked(r#"{{ v | regex("zz") | default("d") }}"#, names()),
        json!("d")
    );
    assert_eq!(
        picked(r#"{{ v | regex("id=(x)?12") | default("d") }}"#, names()),
        json!("d")
    );
    assert_eq!(
        picked(r#"{{ {"a": 1} | regex("\"a\":(\\d)") }}"#, json!({})),
        json!("1")
    );
    assert_eq!(
        code(text_with("{{ v | regex('zz') }}", names())),
        "template.undefined"
    );
    assert_eq!(
        code(text_with("{{ v | regex('(') }}", names())),
        "template.failed"
    );
    assert_eq!(
        code(text_with(
            "{{ v | regex('((a{1000}){1000}){1000}') }}",
            names()
        )),
        "template.failed"
    );
}

#[test]
fn xpaths_on_xml() {
    let soap = r#"<?xml version="1.0"?><soap:Envelope xmlns:soap="urn:s" xmlns="urn:d"><soap:Body><login id="7"><token>a&amp;b</token><token>c</token></login></soap:Body></soap:Envelope>"#;
    let names = || json!({ "v": soap });
    assert_eq!(
        picked("{{ v | xpath('//token/text()') }}", names()),
        json!("a&b")
    );
    assert_eq!(
        picked("{{ v | xpath('//login/@id') }}", names()),
        json!("7")
    );
    assert_eq!(
        picked(
            "{{ v | xpath('/soap:Envelope/soap:Body/login/token[2]') }}",
            names()
        ),
        json!("c")
    );
    assert_eq!(
        picked(
            "{{ v | xpath(\"//*[local-name()='Body']//token\") }}",
            names()
        ),
        json!("a&b")
    );
    assert_eq!(
        picked("{{ v | xpath('count(//token)') }}", names()),
        json!(2)
    );
    assert_eq!(
        picked("{{ v | xpath('string(//login/@id)') }}", names()),
        json!("7")
    );
    assert_eq!(
        picked("{{ v | xpath('boolean(//nope)') }}", names()),
        json!(false)
    );
    assert_eq!(
        picked("{{ v | xpath_all('//token') }}", names()),
        json!(["a&b", "c"])
    );
    assert_eq!(
        picked("{{ v | xpath('//nope') | default('d') }}", names()),
        json!("d")
    );
    assert_eq!(
        code(text_with("{{ v | xpath('//nope') }}", names())),
        "template.undefined"
    );
    for wrong in ["//[", "", "//x:y", "nope()"] {
        assert_eq!(
            code(text_with(
                "{{ v | xpath(p) }}",
                json!({ "v": soap, "p": wrong })
            )),
            "template.failed",
            "{wrong}"
        );
    }
}

#[test]
fn xpaths_on_pages_as_servers_send_them() {
    let page = "<!DOCTYPE html>\n<html><head><meta charset=utf-8><title>Sign in</title>\n<body><p>Hello<br>there &nbsp; & co\n\
        <form action=/login method=post><input name=\"csrf\" value=\"t0k&amp;en\"><INPUT type=hidden name='b' value=2>\n\
        <table><tr><td>x<td>y</table><script>if (a < b && c) { x = '<input name=\"csrf\">' }</script></form>";
    let names = || json!({ "v": page });
    assert_eq!(
        picked("{{ v | xpath(\"//input[@name='csrf']/@value\") }}", names()),
        json!("t0k&en")
    );
    assert_eq!(
        picked(
            "{{ v | xpath(\"//input[@type='hidden']/@value\") }}",
            names()
        ),
        json!("2")
    );
    assert_eq!(
        picked("{{ v | xpath('//form/@action') }}", names()),
        json!("/login")
    );
    assert_eq!(
        picked("{{ v | xpath('/html/head/title') }}", names()),
        json!("Sign in")
    );
    assert_eq!(
        picked("{{ v | xpath_all('//td') }}", names()),
        json!(["x", "y"])
    );
    assert_eq!(
        picked(
            "{{ '<input name=\"csrf\" value=1>' | xpath('//input/@value') }}",
            json!({})
        ),
        json!("1")
    );
    let xhtml = r#"<html xmlns="http://www.w3.org/1999/xhtml"><body><input name="csrf" value="x"/></body></html>"#;
    assert_eq!(
        picked("{{ v | xpath('//input/@value') }}", json!({ "v": xhtml })),
        json!("x")
    );
    assert_eq!(
        code(text_with("{{ '' | xpath('//a') }}", json!({}))),
        "template.undefined"
    );
}

#[test]
fn z28_documents_that_nest_without_end_are_read() {
    for open in [
        "<a>",
        "<b>",
        "<div>",
        "<a b='",
        "<table>",
        "<template>",
        "<svg>",
    ] {
        let _ = text_with(
            "{{ v | xpath('//c') | default('') }}",
            json!({ "v": open.repeat(60_000) }),
        );
        let _ = text_with(
            "{{ v | xpath('//c/..//text()') | default('') }}",
            json!({ "v": open.repeat(300) }),
        );
    }
    let closed = format!("{}x{}", "<a>".repeat(60_000), "</a>".repeat(60_000));
    assert_eq!(
        given(
            "{{ v | xpath('count(//a) > 100') }}",
            json!({ "v": closed })
        ),
        "true"
    );
    let bomb = "<!DOCTYPE a [<!ENTITY b \"xxxxxxxx\"><!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;\"><!ENTITY d \"&c;&c;&c;&c;&c;&c;&c;&c;\">]><a>&d;&d;&d;</a>";
    assert!(
        given(
            "{{ v | xpath('//a') | default('') | length < 1000 }}",
            json!({ "v": bomb })
        ) == "true"
    );
}

#[test]
fn cookies() {
    let names = || json!({ "headers": { "set-cookie": "sid=s1; Path=/; HttpOnly, csrf=\"c2\"" }, "cookies": { "sid": "s1" } });
    assert_eq!(
        given("{{ headers['set-cookie'] | cookie('csrf') }}", names()),
        "c2"
    );
    assert_eq!(
        given(
            "{{ headers | cookie('sid') }}{{ cookies | cookie('sid') }}",
            names()
        ),
        "s1s1"
    );
    assert_eq!(
        given(
            "{{ cookie('sid') }}{{ cookie('csrf') }}{{ cookie('nope') | default('-') }}",
            names()
        ),
        "s1c2-"
    );
}

#[test]
fn times() {
    for (template, expected) in [
        (
            "{{ 1700000000 | format_time('%Y-%m-%dT%H:%M:%SZ') }}",
            "2023-11-14T22:13:20Z",
        ),
        ("{{ 1700000000 | format_time }}", "2023-11-14T22:13:20Z"),
        ("{{ '1700000000' | format_time('%Y-%m-%d') }}", "2023-11-14"),
        ("{{ 1700000000.9 | format_time('%H%M%S') }}", "221320"),
        ("{{ -1 | format_time('%Y') }}", "1969"),
        (
            "{{ 0 | format_time('%a, %d %b %Y %H:%M:%S GMT') }}",
            "Thu, 01 Jan 1970 00:00:00 GMT",
        ),
        ("{{ 0 | format_time('%s %j %Z %%') }}", "0 001 UTC %"),
        (
            "{{ now() | format_time('%Y%m%dT%H%M%SZ') }}",
            "20231114T221320Z",
        ),
        ("{{ '2023-11-14T22:13:20Z' | parse_time }}", "1700000000"),
        (
            "{{ '2023-11-14T23:13:20.987+01:00' | parse_time }}",
            "1700000000",
        ),
        (
            "{{ '2023-11-14T22:13:20.000+0000' | parse_time }}",
            "1700000000",
        ),
        ("{{ '20231114T221320Z' | parse_time }}", "1700000000"),
        ("{{ '2023-11-14 22:13:20' | parse_time }}", "1700000000"),
        ("{{ '2023-11-14' | parse_time }}", "1699920000"),
        (
            "{{ 'Tue, 14 Nov 2023 22:13:20 GMT' | parse_time }}",
            "1700000000",
        ),
        (
            "{{ 'Tue, 14 Nov 2023 23:13:20 +0100' | parse_time }}",
            "1700000000",
        ),
        ("{{ 1700000000 | parse_time }}", "1700000000"),
        (
            "{{ '14.11.2023 22:13' | parse_time('%d.%m.%Y %H:%M') }}",
            "1699999980",
        ),
        ("{{ '14.11.2023' | parse_time('%d.%m.%Y') }}", "1699920000"),
        (
            "{{ '2023-11-14 23:13:20 +0100' | parse_time('%Y-%m-%d %H:%M:%S %z') }}",
            "1700000000",
        ),
    ] {
        assert_eq!(given(template, json!({})), expected, "{template}");
    }
    for template in [
        "{{ 'soon' | parse_time }}",
        "{{ 'x' | format_time('%Y') }}",
        "{{ 1 | format_time('%Q') }}",
        "{{ 99999999999999 | format_time('%Y') }}",
        "{{ '2023' | parse_time('%d') }}",
        "{{ '' | parse_time }}",
        "{{ [] | format_time('%Y') }}",
    ] {
        assert_eq!(
            code(text_with(template, json!({}))),
            "template.failed",
            "{template}"
        );
    }
}

#[test]
fn random_values_have_bounds() {
    assert_eq!(given("{{ random_hex(16) | length }}", json!({})), "32");
    for template in [
        "{{ random_hex(0) }}",
        "{{ random_hex(5000) }}",
        "{{ random_hex(-1) }}",
        "{{ random_hex() }}",
    ] {
        assert_eq!(
            code(text_with(template, json!({}))),
            "template.failed",
            "{template}"
        );
    }
}

#[test]
fn z28_patterns_are_charged_for_what_they_may_cost() {
    let names = || json!({ "v": "ab".repeat(3_000_000) });
    for template in [
        "{{ v | regex('a[ab]{1000}c') }}",
        "{{ v | regex_all('(?x) (a [ab]{9}) {99} c') }}",
    ] {
        let refused = code(text_with(template, names()));
        assert_eq!(refused, "template.limit", "{template}");
    }
    let found = text_with("{{ v | regex('^(ab)') }}", names());
    assert_eq!(found.unwrap(), "ab");
}
