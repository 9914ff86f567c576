//! Types and text.

use serde_json::json;

use super::super::{Scope, Templates};
use super::{code, moment, scope, text, text_of, text_with, value};

#[test]
fn exactly_one_expression_keeps_its_type() {
    for (template, expected) in [
        ("{{ login.body.user.id }}", json!(7)),
        ("{{login.body.active}}", json!(true)),
        ("{{- login.body.nothing -}}", json!(null)),
        ("{{ login.body.user.roles }}", json!(["admin", "dev"])),
        ("{{ login.body.items[1] }}", json!({ "id": 2, "ok": false })),
        ("{{ login.body.items[-1].id }}", json!(2)),
        (
            "{{ login.body.big }}",
            json!(18_446_744_073_709_551_615_u64),
        ),
        ("{{ login.body.user.id + 1 }}", json!(8)),
        ("{{ login.body.user.id > 3 }}", json!(true)),
        ("{{ {'a': login.body.ratio} }}", json!({ "a": 1.5 })),
        (
            "{{ login['headers']['content-type'] }}",
            json!("application/json"),
        ),
        ("{{ 'a' if false }}", json!(null)),
    ] {
        assert_eq!(value(template).unwrap(), expected, "{template}");
    }
}

#[test]
fn anything_else_is_text() {
    for (template, expected) in [
        ("x{{ login.body.user.id }}", "x7"),
        (" {{ login.body.active }}", " true"),
        ("{{ login.body.active }}{{ login.body.nothing }}|", "true|"),
        ("a {{ login.body.user.roles }}", r#"a ["admin","dev"]"#),
        ("a {{ login.body.items[0] }}", r#"a {"id":1,"ok":true}"#),
        ("{% if true %}{{ login.body.user.id }}{% endif %}", "7"),
        (
            "{{ login.body.big }};{{ login.body.ratio }}",
            "18446744073709551615;1.5",
        ),
        ("plain { { text } }", "plain { { text } }"),
        ("line\n", "line\n"),
        ("{% raw %}{{ x }}{% endraw %}", "{{ x }}"),
        ("a{# note #}b", "ab"),
        ("", ""),
    ] {
        assert_eq!(value(template).unwrap(), json!(expected), "{template}");
        assert_eq!(text_of(template), expected);
    }
}

#[test]
fn text_inside_expressions_is_the_same_text() {
    assert_eq!(
        text_of("{{ 'a' ~ login.body.active ~ login.body.nothing ~ login.body.user.roles }}"),
        r#"atrue["admin","dev"]"#
    );
    assert_eq!(
        text_of("{{ [true, none, 1.5, 'x'] | join('-') }}"),
        "true--1.5-x"
    );
    assert_eq!(text_of("{{ login.body.active | string | upper }}"), "TRUE");
    assert_eq!(
        text_of("{{ login.body.active | replace('t', 'T') }}"),
        "True"
    );
    assert_eq!(text_of("{{ (1 == 1) ~ '' }}{{ 1 ~ 2 ~ 3 }}"), "true123");
}

#[test]
fn integers_stay_exact() {
    let names =
        json!({ "a": { "min": i64::MIN, "max": u64::MAX, "js": 9_007_199_254_740_993_i64 } });
    assert_eq!(
        text_with("{{ a.min }} {{ a.max }} {{ a.js }}", names.clone()).unwrap(),
        "-9223372036854775808 18446744073709551615 9007199254740993"
    );
    assert_eq!(
        text_with("{{ a.max + 1 }}!", names).unwrap(),
        "18446744073709551616!"
    );
}

#[test]
fn json_bodies_keep_types_and_cannot_be_broken() {
    let body = json!({
        "id": "{{ login.body.user.id }}",
        "name": "{{ hostile }}",
        "{{ key }}": ["{{ login.body.user.roles }}", 1, null, "text {{ login.body.ratio }}"],
    });
    let mut scope = scope();
    scope.set(
        "hostile",
        json!("\", \"admin\": true, \"x\": \"\\\n{{ vars.client_secret }}"),
    );
    let rendered = Templates::shared()
        .render_json_body(&body, &scope, &moment())
        .unwrap();
    assert_eq!(
        rendered,
        json!({
            "id": 7,
            "name": "\", \"admin\": true, \"x\": \"\\\n{{ vars.client_secret }}",
            "{{ key }}": [["admin", "dev"], 1, null, "text 1.5"],
        })
    );
}

#[test]
fn z28_a_value_is_never_evaluated() {
    let names = json!({ "a": "{{ vars.secret }}{% for x in y %}", "b": { "{{ c }}": "{# d #}" } });
    assert_eq!(
        text_with("{{ a }}", names.clone()).unwrap(),
        "{{ vars.secret }}{% for x in y %}"
    );
    assert_eq!(
        text_with("{% set z %}{{ a }}{% endset %}{{ z }}{{ b }}", names).unwrap(),
        "{{ vars.secret }}{% for x in y %}{\"{{ c }}\":\"{# d #}\"}"
    );
}

#[test]
fn z28_nothing_of_the_machine_can_be_reached() {
    for template in [
        "{% include '/etc/passwd' %}",
        "{% import 'x' as y %}",
        "{% extends 'x' %}",
        "{{ debug() }}",
        "{{ env('HOME') }}",
    ] {
        assert_eq!(code(text(template)), "template.syntax", "{template}");
    }
}

#[test]
fn z28_work_and_output_are_bounded() {
    for template in [
        "{% for a in range(100000) %}{% for b in range(100000) %}x{% endfor %}{% endfor %}",
        "{{ 'x' * 1000000000 }}",
        "{% set ns = namespace(x='ab') %}{% for i in range(60) %}{% set ns.x = ns.x ~ ns.x %}{% endfor %}{{ ns.x }}",
        "{% macro m(x) %}{{ m(x) }}{% endmacro %}{{ m(1) }}",
        "{% for i in range(100000) %}{{ 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx' }}{% endfor %}",
    ] {
        assert_eq!(code(text(template)), "template.limit", "{template}");
    }
}

#[test]
fn z28_what_a_template_builds_cannot_grow_too_deep_to_let_go_of() {
    let template = "{% set ns = namespace(x=[]) %}{% for i in range(100000) %}{% set ns.x = [ns.x] %}{% endfor %}{{ 1 }}";
    assert_eq!(code(text(template)), "template.failed");
}

#[test]
fn moments_keep_their_values() {
    assert_eq!(value("{{ now() }}").unwrap(), json!(1_700_000_000));
    assert_eq!(
        text_of("{{ uuid() }}"),
        "abababab-abab-4bab-abab-abababababab"
    );
    assert_eq!(text_of("{{ random_hex(4) }}"), "abababab");
    let counter = std::sync::atomic::AtomicU8::new(0);
    let moment = super::Moment::new(5, move |bytes| {
        bytes.fill(counter.fetch_add(1, std::sync::atomic::Ordering::Relaxed));
    });
    let render = |template| {
        Templates::shared()
            .render_text(template, &Scope::new(), &moment)
            .unwrap()
    };
    assert_eq!(render("{{ random_hex(2) }}{{ random_hex(2) }}"), "00000000");
    assert_eq!(render("{{ random_hex(2) ~ random_hex(3) }}"), "0000010101");
}

#[test]
fn bytes_without_text_are_an_error_that_says_what_to_do() {
    let error = text("{{ 'a' | hash('sha256', encoding='raw') }}").unwrap_err();
    assert_eq!(error.code().as_str(), "template.failed");
    assert!(error.to_string().contains("base64encode"), "{error}");
}

#[test]
fn headers_refuse_line_breaks() {
    let names = |value: &str| {
        let mut scope = Scope::new();
        scope.set("v", json!(value));
        Templates::shared().render_header_value("Bearer {{ v }}", &scope, &moment())
    };
    assert_eq!(names("abc\t ü").unwrap(), "Bearer abc\t ü");
    for value in ["a\r\nX: y", "a\n", "\r", "a\0b"] {
        assert_eq!(code(names(value)), "header.invalid", "{value:?}");
    }
}

#[test]
fn syntax_errors_name_their_place() {
    let error = text("a\n{{ login.body. }}").unwrap_err();
    assert_eq!(error.code().as_str(), "template.syntax");
    assert!(error.to_string().contains("line 2"), "{error}");
    let error = text("{{ a | base64encod }}").unwrap_err();
    assert!(
        error
            .to_string()
            .ends_with("there is no filter `base64encod`. Did you mean `base64encode`?"),
        "{error}"
    );
}

#[test]
fn loops_macros_and_blocks_work() {
    assert_eq!(
        text_of(
            "{% for i in login.body.items %}{{ loop.index }}:{{ i.id }}{{ ',' if not loop.last }}{% endfor %}"
        ),
        "1:1,2:2"
    );
    assert_eq!(
        text_of("{% set t = login.body.token %}{{ t }}{% set x = t ~ '!' %}{{ x }}"),
        "abcabc!"
    );
    assert_eq!(
        text_of(
            "{% macro m(a, b='z') %}<{{ a }}{{ b }}>{% endmacro %}{{ m('x') }}{{ m('x', b='y') }}"
        ),
        "<xz><xy>"
    );
    assert_eq!(
        text_of("{% filter upper %}a{{ login.body.token }}{% endfilter %}"),
        "AABC"
    );
    assert_eq!(
        text_of(
            "{% set ns = namespace(found='') %}{% for i in login.body.items %}{% if i.ok %}{% set ns.found = i.id %}{% endif %}{% endfor %}{{ ns.found }}"
        ),
        "1"
    );
    assert_eq!(
        text_of("{% for k, v in {'a': 1}|items %}{{ k }}={{ v }}{% endfor %}"),
        "a=1"
    );
    assert_eq!(
        text_of("{{ login.body.items | map(attribute='id') | join(',') }}"),
        "1,2"
    );
    assert_eq!(
        text_of("{{ login.body.items | selectattr('ok') | map(attribute='id') | first }}"),
        "1"
    );
    assert_eq!(
        text_of("{{ login.body.items | length }}{{ login.body.user.roles[0:1] | first }}"),
        "2admin"
    );
}
