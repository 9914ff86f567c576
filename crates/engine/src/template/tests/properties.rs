//! What holds for every template and every value.

use latchwork_model::template_syntax::{FILTERS, FUNCTIONS, TESTS, parse_errors};
use proptest::prelude::*;
use serde_json::{Map, Value, json};

use super::super::environment::environment;
use super::super::{Scope, Templates};
use super::{moment, scope};

/// Every way of rendering, for its panics alone.
fn render_all(template: &str, scope: &Scope) {
    let templates = Templates::new();
    let moment = moment();
    for _ in 0..2 {
        let _ = templates.render_value(template, scope, &moment);
    }
    let _ = templates.render_text(template, scope, &moment);
    let _ = templates.render_bool(template, scope, &moment);
    let _ = templates.render_url(template, scope, &moment);
    let _ = templates.render_header_value(template, scope, &moment);
}

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_map(|number| json!(number)),
        any::<String>().prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 24, 5, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            proptest::collection::vec(("[a-z]{1,3}|.{0,4}", inner), 0..5)
                .prop_map(|members| Value::Object(members.into_iter().collect::<Map<_, _>>())),
        ]
    })
}

/// Templates made of the language's own pieces, most of them broken.
fn any_template() -> impl Strategy<Value = String> {
    let words: Vec<&'static str> = FILTERS
        .iter()
        .chain(TESTS)
        .chain(FUNCTIONS)
        .map(|word| word.usage)
        .collect();
    let piece = prop_oneof![
        4 => proptest::sample::select(vec![
            "{{ ", " }}", "{% ", " %}", "{{", "}}", "v", ".a", "[0]", "['b']", " | ", "(", ")", " ~ ", " + ", " * ",
            " == ", " < ", " in ", " not ", " is ", " if ", " else ", "for x in v", "endfor", "endif", "set x = ", "x",
            "endset", "set x", "-", "1", "'t'", ", ", "{", "}", "[", "]", ":", " or ", " and ", "macro m(a)",
            "endmacro", "m(v)", "filter upper", "endfilter", "#}", "{#", "/", "?", "https://", "#", "\n", "é", "\u{fdd0}",
            "{% for x in v %}{{ x }}{% endfor %}", "{{ v.a.b }}", "{{ v | json }}", "range(3)", "loop.index",
        ]).prop_map(str::to_owned),
        2 => proptest::sample::select(words).prop_map(str::to_owned),
        1 => any::<String>(),
    ];
    proptest::collection::vec(piece, 0..16).prop_map(|pieces| pieces.concat())
}

/// Paths, patterns and formats made of their own pieces.
fn any_path() -> impl Strategy<Value = String> {
    let pieces = vec![
        "/",
        "//",
        "a",
        "*",
        "@",
        "b",
        "[",
        "]",
        "(",
        ")",
        "1",
        ".",
        "..",
        "::",
        ":",
        "child::",
        "following::",
        "text()",
        "node()",
        "last()",
        "position()",
        "=",
        " or ",
        " and ",
        "'x'",
        "\"",
        "$",
        "$.",
        "?",
        "@.a",
        ">",
        "-",
        "+",
        "|",
        ",",
        "substring('a', 0 div 0)",
        "translate('a','b','c')",
        "count(//a)",
        "string()",
        "id('a')",
        "lang('a')",
        "sum(//a)",
        "processing-instruction('a')",
        "comment()",
        "namespace::*",
        "xml:a",
        "p:q",
        "name(//a)",
        "number('x')",
        " div ",
        " mod ",
        "%Y",
        "%m",
        "%d",
        "%H",
        "%Z",
        "%z",
        "%s",
        "%",
        "%-d",
        "{2}",
        "a{9}",
        "(?:",
        "\\\\",
        "^",
        "\\d",
        "[^",
        "é",
        " ",
    ];
    proptest::collection::vec(proptest::sample::select(pieces), 0..9)
        .prop_map(|pieces| pieces.concat())
}

fn any_document() -> impl Strategy<Value = String> {
    let pieces = vec![
        "<a>",
        "</a>",
        "<b c='d'>",
        "</b>",
        "<a/>",
        "text",
        "&amp;",
        "&",
        "<",
        ">",
        "<!--",
        "-->",
        "<!DOCTYPE html>",
        "<?xml version='1.0'?>",
        "<p:q xmlns:p='u'>",
        "</p:q>",
        "<a xmlns='u'>",
        "<table>",
        "<tr>",
        "<td>",
        "<select>",
        "<template>",
        "<svg>",
        "<math>",
        "<script>",
        "</script>",
        "<![CDATA[",
        "]]>",
        "\u{0}",
        "é",
        "<a xml:lang='en'>",
        "=",
        ";",
        "e30",
        ".",
        "2023-01-01",
        "T00:00:00Z",
        "<frameset>",
        "<html>",
        "<body>",
        "</html>",
        "<b>",
        "<i>",
        "</p>",
        "<form>",
        "<input name=x>",
        "-----BEGIN X-----",
        "\n",
    ];
    proptest::collection::vec(proptest::sample::select(pieces), 0..14)
        .prop_map(|pieces| pieces.concat())
}

/// One whole expression.
fn any_expression() -> impl Strategy<Value = String> {
    let leaf = proptest::sample::select(vec![
        "v", "v.a", "v.a.b", "v[0]", "w", "'t'", "1", "2.5", "none", "true", "[v, 1]", "{'a': v}",
    ]);
    let leaf = leaf.prop_map(str::to_owned);
    let filters: Vec<&'static str> = FILTERS.iter().map(|word| word.usage).collect();
    let tests: Vec<&'static str> = TESTS.iter().map(|word| word.usage).collect();
    leaf.prop_recursive(5, 20, 3, move |inner| {
        prop_oneof![
            (inner.clone(), proptest::sample::select(filters.clone()))
                .prop_map(|(a, f)| format!("{a} | {f}")),
            (inner.clone(), proptest::sample::select(tests.clone()))
                .prop_map(|(a, t)| format!("({a}) {t}")),
            (
                inner.clone(),
                inner.clone(),
                proptest::sample::select(vec![
                    "~", "+", "-", "*", "/", "//", "%", "==", "!=", "<", ">=", "in", "not in",
                    "and", "or"
                ])
            )
                .prop_map(|(a, b, o)| format!("{a} {o} {b}")),
            (inner.clone(), inner.clone(), inner.clone())
                .prop_map(|(a, b, c)| format!("{a} if {b} else {c}")),
            inner.clone().prop_map(|a| format!("({a})")),
            inner.clone().prop_map(|a| format!("({a}).x.y")),
            inner.clone().prop_map(|a| format!("not {a}")),
            inner.clone().prop_map(|a| format!("-{a}")),
            (inner.clone(), inner).prop_map(|(a, b)| format!("({a})[{b}]")),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(160))]

    #[test]
    fn z28_no_template_and_no_value_panics(template in any_template(), value in any_json()) {
        let mut scope = Scope::new();
        scope.set("v", value);
        render_all(&template, &scope);
    }

    #[test]
    fn z28_no_expression_panics_and_marks_never_make_one_unreadable(expression in any_expression(), value in any_json()) {
        let mut scope = Scope::new();
        scope.set("v", value);
        let template = format!("{{{{ {expression} }}}}");
        if parse_errors(&template).is_empty() {
            let program = super::super::program::Program::compile(&template);
            let readable = !matches!(program, Err(super::super::TemplateError::Failed { .. }));
            prop_assert!(readable, "{}", template);
        }
        render_all(&template, &scope);
        render_all(&format!("/a/{template}?b={template}{{% if {expression} %}}{template}{{% endif %}}"), &scope);
    }

    #[test]
    fn z28_no_path_pattern_or_format_panics(path in any_path(), document in any_document(), seconds in any::<f64>()) {
        let mut scope = Scope::new();
        scope.set("p", json!(path));
        scope.set("d", json!(document));
        scope.set("s", json!(seconds));
        for template in [
            "{{ d | xpath_all(p) | length }}", "{{ d | xpath(p) }}", "{{ {'a': [{'b': d}]} | jsonpath_all(p) | length }}",
            "{{ d | regex_all(p) | length }}", "{{ s | format_time(p) }}", "{{ d | parse_time(p) }}", "{{ p | parse_time }}",
            "{{ d | base64decode }}", "{{ d | jwt_decode }}", "{{ d | cookie(p) }}", "{{ d | pem_fingerprint }}",
        ] {
            let _ = Templates::shared().render_text(template, &scope, &moment());
        }
    }

    #[test]
    fn json_bodies_hold_every_value_as_it_is(value in any_json(), text in any::<String>()) {
        let mut scope = Scope::new();
        scope.set("v", value.clone());
        scope.set("t", json!(text));
        let body = json!({ "a": "{{ v }}", "b": ["{{ t }}", "x{{ t }}y", { "c": "{% if true %}{{ t }}{% endif %}" }] });
        let rendered = Templates::shared().render_json_body(&body, &scope, &moment()).unwrap();
        let again: Value = serde_json::from_str(&rendered.to_string()).unwrap();
        prop_assert_eq!(again["a"].to_string(), value.to_string());
        prop_assert_eq!(again["b"][0].as_str(), Some(text.as_str()));
        let (around, inside) = (format!("x{text}y"), again["b"][2]["c"].as_str());
        prop_assert_eq!(again["b"][1].as_str(), Some(around.as_str()));
        prop_assert_eq!(inside, Some(text.as_str()));
    }

    #[test]
    fn a_value_in_a_path_changes_neither_its_segments_nor_the_host(text in "\\PC*|[./\\\\?#%2eE@:a-z]{0,12}", statement in any::<bool>()) {
        let mut scope = Scope::new();
        scope.set("v", json!(text));
        let template = if statement { "{% if true %}https://a.example/x/{{ v }}/y?z={{ v }}{% endif %}" } else { "https://a.example/x/{{ v }}/y?z={{ v }}" };
        match Templates::shared().render_url(template, &scope, &moment()) {
            Ok(rendered) => {
                let url = url::Url::parse(&rendered.text).unwrap();
                prop_assert_eq!(url.host_str(), Some("a.example"));
                let segments: Vec<_> = url.path_segments().unwrap().collect();
                prop_assert_eq!(segments.len(), 3, "{}", rendered.text);
                let plain = percent_encoding::percent_decode_str(segments[1]).decode_utf8().unwrap().into_owned();
                prop_assert_eq!(&plain, &text);
                let pairs: Vec<_> = url.query_pairs().collect();
                prop_assert_eq!(pairs.len(), 1);
                prop_assert_eq!(pairs[0].1.as_ref(), text.as_str());
                prop_assert_eq!(url.fragment(), None);
            }
            Err(error) => {
                prop_assert_eq!(error.code().as_str(), "url.invalid");
                prop_assert!(matches!(text.as_str(), "." | ".."), "{:?}", text);
            }
        }
    }

    #[test]
    fn safe_values_never_climb_nor_leave_the_path(text in "[./\\\\?#%2eE@:a-z]{0,16}") {
        let mut scope = Scope::new();
        scope.set("v", json!(text));
        if let Ok(rendered) = Templates::shared().render_url("https://a.example/x/{{ v | safe }}", &scope, &moment()) {
            let url = url::Url::parse(&rendered.text).unwrap();
            prop_assert_eq!(url.host_str(), Some("a.example"));
            prop_assert!(url.path().starts_with("/x/"), "{}", url);
            prop_assert!(url.query().is_none() && url.fragment().is_none());
        }
    }

    #[test]
    fn a_value_in_a_host_stays_in_the_host(text in "\\PC*|[./\\\\?#%2@:a-z-]{0,12}") {
        let mut scope = Scope::new();
        scope.set("v", json!(text));
        if let Ok(rendered) = Templates::shared().render_url("https://{{ v }}.a.example/x", &scope, &moment())
            && let Ok(url) = url::Url::parse(&rendered.text)
        {
            prop_assert!(url.host_str().unwrap().ends_with(".a.example"), "{}", url);
            prop_assert_eq!(url.path(), "/x");
            prop_assert_eq!(url.username(), "");
        }
    }

    #[test]
    fn headers_never_hold_a_line_break(text in any::<String>(), breaks in "[\r\n\0]", after in any::<String>()) {
        let mut scope = Scope::new();
        scope.set("v", json!(format!("{text}{breaks}{after}")));
        for template in ["{{ v }}", "Bearer {{ v }}", "{% if true %}{{ v }}{% endif %}"] {
            let refused = Templates::shared().render_header_value(template, &scope, &moment()).unwrap_err();
            prop_assert_eq!(refused.code().as_str(), "header.invalid");
        }
    }

    #[test]
    fn texts_come_out_as_they_are(text in any::<String>()) {
        let mut scope = Scope::new();
        scope.set("v", json!(text));
        for template in ["{{ v }}", "{% if true %}{{ v }}{% endif %}", "{% set x %}{{ v }}{% endset %}{{ x }}", "{{ v ~ '' }}", "{{ v | base64encode | base64decode }}", "{{ v | json | parse_json }}"] {
            prop_assert_eq!(&Templates::shared().render_text(template, &scope, &moment()).unwrap(), &text);
        }
    }
}

#[test]
fn z28_nasty_templates_are_data_like_any_other() {
    let corpus = include_str!("nasty_templates.txt");
    let scope = scope();
    for template in corpus.split("\n----\n") {
        render_all(template, &scope);
    }
}

#[test]
fn z28_trees_and_values_never_exhaust_a_small_stack() {
    // Worker threads have 2 MiB.
    let run = std::thread::Builder::new().stack_size(2 << 20).spawn(|| {
        let scope = scope();
        let chains = ["+1", ".a", "|upper", "**2", " if a else 1", "[0]", " and 1", "~''", "|batch(1)", " == 1", " < 1", "|default(1)", " is defined"];
        for chain in chains {
            for times in [120, 480, 20_000] {
                render_all(&format!("{{{{ 1{} }}}}", chain.repeat(times)), &scope);
                render_all(&format!("{{% if 1{} %}}a{{% endif %}}", chain.repeat(times)), &scope);
            }
        }
        for (open, close) in [("not ", ""), ("-", ""), ("(", ")"), ("[", "]"), ("{1:", "}"), ("a[", "]"), ("1 if ", ""), ("1|default(", ")"), ("''~(", ")"), ("[1, ", "]"), ("range(", ")"), ("not (-", ")")] {
            for times in [20, 40, 100, 400, 20_000] {
                render_all(&format!("{{{{ {}1{} }}}}", open.repeat(times), close.repeat(times)), &scope);
            }
        }
        for (open, close) in [("{% if 1 %}", "{% endif %}"), ("{% for x in [1] %}", "{% endfor %}"), ("{% set x %}", "{% endset %}"), ("{% filter upper %}", "{% endfilter %}"), ("{% with a = 1 %}", "{% endwith %}"), ("{% macro m() %}", "{% endmacro %}")] {
            for times in [60, 145, 1_500] {
                render_all(&format!("{}1{}", open.repeat(times), close.repeat(times)), &scope);
            }
        }
        for times in [50, 60, 100, 3_000] {
            render_all(&format!("{{% if 0 %}}{}{{% endif %}}", "{% elif 0 %}".repeat(times)), &scope);
        }
        for template in [
            "{% macro m(x) %}{{ m([x]) }}{% endmacro %}{{ m(1) }}",
            "{% for x in [[1]] recursive %}{{ loop([[x]]) }}{% endfor %}",
            "{% macro m(x) %}{% for y in [1] %}{% call m(x) %}{{ caller() }}{% endcall %}{% endfor %}{% endmacro %}{{ m(1) }}",
            "{% set ns = namespace(x=1) %}{% for i in range(90000) %}{% set ns.x = {'a': ns.x} %}{% endfor %}{{ ns.x|json }}",
            "{% set ns = namespace(x=[1]) %}{% for i in range(90000) %}{% set ns.x = ns.x|batch(1) %}{% endfor %}",
            "{% set ns = namespace(x=[1]) %}{% for i in range(90000) %}{% set ns.x = (ns.x, 1) %}{% endfor %}",
            "{% set ns = namespace(x=[1]) %}{% for i in range(90000) %}{% set ns.x = ns.x|chain([1]) %}{% endfor %}{{ ns.x|length }}",
            "{% set ns = namespace(x=[1]) %}{% for i in range(90000) %}{% set ns.x = ns.x|reverse %}{% endfor %}",
            "{% set ns = namespace(x=[1]) %}{% for i in range(90000) %}{% set ns.x = ns.x|zip([1]) %}{% endfor %}",
            "{% set ns = namespace(x=[1]) %}{% for i in range(90000) %}{% set ns.x = ns.x|map('abs') %}{% endfor %}",
            "{% set ns = namespace(x=[1]) %}{% for i in range(90000) %}{% set ns.x = dict(a=ns.x) %}{% endfor %}",
            "{% set ns = namespace(x=[1]) %}{% for i in range(90000) %}{% set ns.x = dict(ns.x, a=ns.x) %}{% endfor %}",
            "{% set ns = namespace(x=[1]) %}{% for i in range(90000) %}{% set ns.x = namespace(a=ns.x) %}{% endfor %}",
            "{% set ns = namespace(x=[1]) %}{% for i in range(90000) %}{% set ns.x = ns.x[::-1] %}{% endfor %}",
            "{% set ns = namespace(x=[1]) %}{% for i in range(90000) %}{% set ns.x = ns.x + [1] %}{% endfor %}",
            "{% set ns = namespace() %}{% set ns.x = ns %}{{ ns }}{{ ns.x|json }}{{ ns == ns.x }}",
        ] {
            let _ = Templates::new().render_text(template, &scope, &moment());
        }
    });
    run.unwrap().join().unwrap();
}

#[test]
fn the_words_of_the_language_are_those_that_templates_have() {
    let mut functions: Vec<&str> = environment().globals().map(|(name, _)| name).collect();
    functions.sort_unstable();
    assert_eq!(
        functions,
        FUNCTIONS.iter().map(|word| word.name).collect::<Vec<_>>()
    );
    let shown = format!("{:?}", environment());
    let names = |kind: &str| -> Vec<String> {
        let list = shown
            .split(&format!("{kind}: ["))
            .nth(1)
            .or_else(|| shown.split(&format!("{kind}: {{")).nth(1))
            .unwrap();
        let list = list.split(['}', ']']).next().unwrap();
        let names = list.split(", ").map(|name| {
            name.split(':')
                .next()
                .unwrap()
                .trim()
                .trim_matches('"')
                .to_owned()
        });
        names.filter(|name| !name.starts_with("__")).collect()
    };
    assert_eq!(
        names("filters"),
        FILTERS.iter().map(|word| word.name).collect::<Vec<_>>()
    );
    assert_eq!(
        names("tests"),
        TESTS.iter().map(|word| word.name).collect::<Vec<_>>()
    );
}
