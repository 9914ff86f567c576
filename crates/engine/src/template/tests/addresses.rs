//! Addresses: what a value can and cannot do in each of their places.

use serde_json::{Value, json};

use super::super::{RenderedUrl, Scope, TemplateError, Templates, UrlStart, literal_prefix};
use super::{code, moment};

fn url(template: &str, names: Value) -> Result<RenderedUrl, TemplateError> {
    let mut scope = Scope::new();
    if let Value::Object(members) = names {
        members
            .into_iter()
            .for_each(|(name, value)| scope.set(name, value));
    }
    Templates::shared().render_url(template, &scope, &moment())
}

fn address(template: &str, value: &str) -> String {
    url(template, json!({ "v": value }))
        .unwrap_or_else(|error| panic!("{template} of {value}: {error}"))
        .text
}

#[test]
fn at_the_start_a_value_is_raw() {
    assert_eq!(
        address("{{ v }}", "https://a.example/v2?x=1#y"),
        "https://a.example/v2?x=1#y"
    );
    assert_eq!(
        address("{{ v }}/contacts", "https://a.example/v2"),
        "https://a.example/v2/contacts"
    );
    assert_eq!(
        address(" {{ v }}/x ", "https://a.example"),
        "https://a.example/x"
    );
    assert_eq!(
        address("{% if true %}{{ v }}{% endif %}/x", "https://a.example"),
        "https://a.example/x"
    );
    assert_eq!(
        url("{{ v }}/x", json!({ "v": "https://a" })).unwrap().start,
        UrlStart::Value
    );
    assert_eq!(
        url("https://a/{{ v }}", json!({ "v": "b" })).unwrap().start,
        UrlStart::Literal
    );
    assert_eq!(
        url("/a/{{ v }}", json!({ "v": "b" })).unwrap().start,
        UrlStart::Literal
    );
    assert_eq!(
        url("{{ v }}", json!({ "v": "/next?page=2" }))
            .unwrap()
            .start,
        UrlStart::Literal
    );
    assert_eq!(
        url("https://{{ v }}.a/", json!({ "v": "b" }))
            .unwrap()
            .start,
        UrlStart::Value
    );
    for value in [
        "https://a\r\n.example",
        "https://a b",
        "ht\ttps://a",
        "https://a\u{a0}b",
    ] {
        assert_eq!(
            code(url("{{ v }}/x", json!({ "v": value }))),
            "url.invalid",
            "{value:?}"
        );
    }
}

#[test]
fn what_follows_a_value_at_the_start_goes_by_its_place() {
    let names = |base: &str| json!({ "b": base, "v": "a/b?c" });
    assert_eq!(
        url("{{ b }}/{{ v }}", names("https://a.example/v2"))
            .unwrap()
            .text,
        "https://a.example/v2/a%2Fb%3Fc"
    );
    assert_eq!(
        url("{{ b }}{{ v }}", names("https://a.example/v2/"))
            .unwrap()
            .text,
        "https://a.example/v2/a%2Fb%3Fc"
    );
    assert_eq!(
        url("{{ b }}{{ v }}", names("https://a.example/?q="))
            .unwrap()
            .text,
        "https://a.example/?q=a%2Fb%3Fc"
    );
    assert_eq!(
        code(url("{{ b }}{{ v }}", names("https://a.example"))),
        "url.invalid"
    );
    assert_eq!(
        code(url(
            "{{ b }}{{ v }}",
            json!({ "b": "https://a.example", "v": "@evil.example" })
        )),
        "url.invalid"
    );
}

#[test]
fn in_the_host_only_what_hosts_have() {
    assert_eq!(
        address("https://{{ v }}.salesforce.com/x", "my-org.eu"),
        "https://my-org.eu.salesforce.com/x"
    );
    assert_eq!(
        address("https://{{ v }}/x", "a.example"),
        "https://a.example/x"
    );
    for value in [
        "evil.example/",
        "evil.example#",
        "evil.example?",
        "a@evil.example",
        "evil.example:80",
        "a\\b",
        "a%2eb",
        "a b",
        "é",
        "[::1]",
        "a\nb",
        "",
        "a..b",
        ".",
    ] {
        assert_eq!(
            code(url("https://{{ v }}/x", json!({ "v": value }))),
            "url.invalid",
            "{value:?}"
        );
        assert_eq!(
            code(url(
                "{% set z = v %}https://{{ z }}/x",
                json!({ "v": value })
            )),
            "url.invalid",
            "{value:?}"
        );
    }
    assert_eq!(address("https://a:{{ v }}/x", "8080"), "https://a:8080/x");
    for value in ["80@evil.example", "", "123456", "8o"] {
        assert_eq!(
            code(url("https://a:{{ v }}/x", json!({ "v": value }))),
            "url.invalid",
            "{value:?}"
        );
    }
    assert_eq!(
        code(url("https://u{{ v }}@a/", json!({ "v": ":p" }))),
        "url.invalid"
    );
}

#[test]
fn in_the_path_a_value_is_one_segment() {
    assert_eq!(
        address("/c/{{ v }}/d", "a/b?c#d%2F e\\é"),
        "/c/a%2Fb%3Fc%23d%252F%20e%5C%C3%A9/d"
    );
    assert_eq!(address("https://a/{{ v }}", "x@y.z"), "https://a/x%40y.z");
    assert_eq!(address("/c/{{ v }}", "5"), "/c/5");
    assert_eq!(
        url("/c/{{ v }}", json!({ "v": 18_446_744_073_709_551_615_u64 }))
            .unwrap()
            .text,
        "/c/18446744073709551615"
    );
    assert_eq!(
        address("{% for i in [1, 2] %}/{{ v }}{% endfor %}", "a/b"),
        "/a%2Fb/a%2Fb"
    );
}

#[test]
fn safe_keeps_the_slashes() {
    assert_eq!(
        address("/c/{{ v | safe }}", "a/b c?d#e\\f%20%zz"),
        "/c/a/b%20c%3Fd%23e%5Cf%20%25zz"
    );
    assert_eq!(
        address("{% if true %}/c/{{ v | safe }}{% endif %}", "a/b?"),
        "/c/a/b%3F"
    );
    assert_eq!(address("/c?d={{ v | safe }}", "a/b&c"), "/c?d=a%2Fb%26c");
}

#[test]
fn no_value_climbs() {
    for (template, value) in [
        ("/c/{{ v }}/d", ".."),
        ("/c/{{ v }}/d", "."),
        ("/c/{{ v }}", ".."),
        ("/c/.{{ v }}/d", "."),
        ("/c/{{ v }}./d", "."),
        ("/c/%2e{{ v }}/d", "."),
        ("/c/{{ v }}{{ v }}/d", "."),
        ("/c/{{ v | safe }}", "a/../../b"),
        ("/c/{{ v | safe }}", "../b"),
        ("/c/{{ v | safe }}", "a/.."),
        ("/c/{{ v | safe }}", "%2e%2E/b"),
        ("/c/{{ v | safe }}", ".%2e"),
        ("https://a/{{ v }}?x=1", ".."),
        ("{% if true %}/{{ v }}{% endif %}", ".."),
    ] {
        assert_eq!(
            code(url(template, json!({ "v": value }))),
            "url.invalid",
            "{template} of {value}"
        );
    }
    assert_eq!(address("/c/{{ v }}", "..."), "/c/...");
    assert_eq!(address("/c/{{ v }}", "a.."), "/c/a..");
    assert_eq!(address("/c/x{{ v }}", ".."), "/c/x..");
    assert_eq!(address("/c?d={{ v }}", ".."), "/c?d=..");
    assert_eq!(address("/a/../b/{{ v }}", "c"), "/a/../b/c");
}

#[test]
fn after_the_question_mark_and_the_hash_it_is_encoded() {
    assert_eq!(
        address("/c?d={{ v }}&e=1", "a&b=c d+é#"),
        "/c?d=a%26b%3Dc%20d%2B%C3%A9%23&e=1"
    );
    assert_eq!(address("/c#{{ v }}", "a b"), "/c#a%20b");
    assert_eq!(address("https://a?d={{ v }}", "/"), "https://a?d=%2F");
}

#[test]
fn captured_output_is_one_value_and_filters_see_it_plain() {
    assert_eq!(
        address("{% set x %}a/{{ v }}{% endset %}/c/{{ x }}", "b/c"),
        "/c/a%2Fb%2Fc"
    );
    assert_eq!(
        address(
            "{% set x %}{{ v }}{% endset %}/c?d={{ x | hash('md5') }}&e={{ x | length }}",
            "abc"
        ),
        "/c?d=900150983cd24fb0d6963f7d28e17f72&e=3"
    );
    assert_eq!(
        address(
            "{% macro m(a) %}<{{ a }}>{% endmacro %}/c/{{ m(v) }}/{{ m(v) | length }}",
            "b/"
        ),
        "/c/%3Cb%2F%3E/4"
    );
    assert_eq!(
        address("/c/{% filter upper %}{{ v }}{% endfilter %}", "b/c"),
        "/c/B%2FC"
    );
    assert_eq!(
        address("{% set x | upper %}{{ v }}{% endset %}/{{ x }}", "b/"),
        "/B%2F"
    );
}

#[test]
fn values_cannot_forge_the_marks_that_addresses_are_put_together_by() {
    for value in [
        "\u{fdd0}s2f2f\u{fdd1}",
        "\u{fdd0}",
        "\u{fdd1}",
        "\u{fdd0}v\u{fdd1}",
        "\u{fdd0}vzz\u{fdd1}",
    ] {
        let encoded = super::super::url::encode(value);
        assert_eq!(address("/c/{{ v }}/d", value), format!("/c/{encoded}/d"));
        assert_eq!(
            address("{% if true %}/c/{{ v }}/d{% endif %}", value),
            format!("/c/{encoded}/d")
        );
    }
}

#[test]
fn what_an_address_starts_with_is_known_before_a_run() {
    assert_eq!(
        literal_prefix("https://a.example/{{ v }}"),
        "https://a.example/"
    );
    assert_eq!(literal_prefix("{{ v }}/x"), "");
    assert_eq!(literal_prefix("https://a"), "https://a");
    assert_eq!(literal_prefix("a{% if x %}b{% endif %}"), "a");
    let mut scope = super::scope();
    scope.set("vars", json!({ "host": "a.example" }));
    let known = scope.only(&["vars", "connector"]);
    let render = |template| Templates::shared().render_url(template, &known, &moment());
    assert_eq!(
        render("https://{{ vars.host }}/x").unwrap().text,
        "https://a.example/x"
    );
    assert_eq!(
        code(render("{{ login.body.token }}/x")),
        "template.undefined"
    );
}

#[test]
fn faults_name_no_value() {
    let error = url("https://{{ v }}/x", json!({ "v": "secret/canary" })).unwrap_err();
    assert!(!error.to_string().contains("canary"), "{error}");
    assert_eq!(
        error.to_string(),
        "the value for the host has `/` in it: only letters, digits, `.` and `-` can be there"
    );
}

#[test]
fn text_that_is_written_as_a_template_stays_the_address_that_it_was() {
    for (text, expected) in [
        ("/a/{%22b%22:1}", "/a/%7B%22b%22:1}"),
        ("/a/{{%7b}}", "/a/%7B%7B%7b}}"),
        ("/a{#top", "/a%7B#top"),
        ("/a?q={%22b%22}&r={%", "/a?q=%7B%22b%22}&r=%7B%"),
    ] {
        let template = latchwork_model::Template::literal(text);
        assert_eq!(address(template.as_str(), ""), expected);
    }
}
