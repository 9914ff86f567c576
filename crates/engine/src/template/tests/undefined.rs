//! What is not there.

use serde_json::json;

use super::super::TemplateError;
use super::{code, text, text_of, text_with, value};

fn message(template: &str) -> String {
    let error = text(template).expect_err(template);
    assert_eq!(
        error.code().as_str(),
        "template.undefined",
        "{template}: {error}"
    );
    error.to_string()
}

#[test]
fn f31_the_message_names_what_is_there_and_the_nearest() {
    assert_eq!(
        message("{{ login.body.tokn }}"),
        "`login.body.tokn` is not there: `login.body` has `token`, `user`, `items`, `active`, `nothing`, `big`, \
         `ratio`, `empty`, `none`. Did you mean `login.body.token`?"
    );
    assert_eq!(
        message("{{ login.body.usr.name }}")
            .rsplit(", ")
            .next()
            .unwrap(),
        "`none`. Did you mean `login.body.user.name`?"
    );
    assert!(message("{{ login.body.usr.name }}").starts_with(
        "`login.body.usr.name` is not there: there is no `login.body.usr`, `login.body` has `token`"
    ));
    assert_eq!(
        message("{{ lgoin.body }}"),
        "`lgoin.body` is not there: there is no `lgoin`, the names here are `connector`, `login`, `page`, `vars`. \
         Did you mean `login.body`?"
    );
    assert_eq!(
        message("{{ page.body.token }}"),
        "`page.body.token` is not there: `page.body` is text"
    );
    assert_eq!(
        message("{{ login.body.user.manager.id }}"),
        "`login.body.user.manager.id` is not there: `login.body.user.manager` is null"
    );
    assert_eq!(
        message("{{ login.body.items[5].id }}"),
        "`login.body.items[5].id` is not there: there is no `login.body.items[5]`, `login.body.items` is a list of 2"
    );
    assert!(message("{{ login.token }}").ends_with("Did you mean `login.body.token`?"));
    assert!(
        message("{{ login.headers['x-id'] }}").starts_with(
            "`login.headers['x-id']` is not there: `login.headers` has `content-type`"
        )
    );
}

#[test]
fn z31_no_message_holds_a_value() {
    for template in [
        "{{ vars.client_secre }}",
        "{{ vars.client_secret.a.b }}",
        "{{ vars.client_secret + 1 }}",
        "{{ vars.client_secret | parse_json }}",
        "{{ vars.client_secret | int }}",
        "{{ vars.client_secret | jwt_decode }}",
        "{{ vars.client_secret | base64decode | parse_json }}",
        "{{ vars.client_secret | format_time('%Y') }}",
        "{{ vars.client_secret | parse_time }}",
        "{{ 'x' | sign('rs256', vars.client_secret) }}",
        "{{ 'x' | regex(vars.client_secret ~ '(') }}",
        "{{ vars.client_secret() }}",
        "{{ vars.client_secret.x() }}",
        "{{ 'x' | hash(vars.client_secret) }}",
        "{{ 'x' | jsonpath(vars.client_secret) }}",
        "{{ 'x' | xpath(vars.client_secret ~ '(') }}",
        "{{ [1] | slice(vars.client_secret) }}",
        "{% for a, b in vars.client_secret %}{% endfor %}",
        "{{ {}[vars.client_secret] }}",
        "{{ range(vars.client_secret) }}",
        "{{ 'a' | format(vars.client_secret) }}",
        "{{ -vars.client_secret }}",
        "{{ 'x' is divisibleby(vars.client_secret) }}",
        "{{ [1]|map(vars.client_secret) }}",
        "{{ vars | json(indent=vars.client_secret) }}",
        "{{ 'x' | hash('md5', encoding=vars.client_secret) }}",
        "{{ {'a': 1} | jwt_sign('k', alg=vars.client_secret) }}",
    ] {
        let result = text(template);
        let shown = match &result {
            Ok(_) => continue,
            Err(error) => format!("{error} {} {error:?}", error.hint()),
        };
        assert!(!shown.contains("canary"), "{template}: {shown}");
    }
}

#[test]
fn using_it_is_an_error_at_any_depth_and_in_any_place() {
    for template in [
        "{{ login.body.nope }}",
        "{{ login.body.nope.a.b.c }}",
        "{{ nope }}",
        "{{ nope.a }}",
        "a {{ login.body.nope }} b",
        "{{ login.body.nope | upper }}",
        "{{ login.body.nope | base64encode }}",
        "{{ login.body.nope | length }}",
        "{{ login.body.nope | first }}",
        "{{ login.body.nope | join(',') }}",
        "{{ login.body.nope | int }}",
        "{{ login.body.nope | round }}",
        "{{ login.body.nope | tojson }}",
        "{{ login.body.nope | json }}",
        "{{ login.body.nope | list }}",
        "{{ login.body.nope | map(attribute='a') }}",
        "{{ login.body.nope | safe }}",
        "{{ login.body.nope | string }}",
        "{{ login.body.nope | pprint }}",
        "{{ login.body.nope | jsonpath('$.a') }}",
        "{{ 'a' | hmac('sha256', vars.nope) }}",
        "{{ 'a' | hmac(vars.nope, 'k') }}",
        "{{ 'a' | hash('sha256', encoding=vars.nope) }}",
        "{{ 'a' | replace('a', vars.nope) }}",
        "{{ {} | jwt_sign(vars.nope) }}",
        "{{ 'a' ~ login.body.nope }}",
        "{{ login.body.nope ~ 'a' }}",
        "{{ 1 + login.body.nope }}",
        "{{ -login.body.nope }}",
        "{{ [login.body.nope] }}",
        "{{ {'a': login.body.nope} }}",
        "{{ [login.body.nope] | join }}",
        "{{ {'a': login.body.nope} | json }}",
        "{{ login.body.nope[0] }}",
        "{{ login.body[vars.nope] }}",
        "{{ login.body.nope[0:1] }}",
        "{{ login.body.nope.a() }}",
        "{{ login.body.nope < 1 }}",
        "{{ login.body.nope if true else 1 }}",
        "{{ login.body.nope or login.body.nope2 }}",
        "{% for x in login.body.nope %}{% endfor %}",
        "{% for x in login.body.items %}{{ x.nope }}{% endfor %}",
        "{% set x = login.body.nope %}{{ x }}",
        "{% set x = login.body %}{{ x.nope.a }}",
        "{{ (page.body | regex('(nope)')) }}",
        "{{ (page.body | regex('(nope)')) ~ 'x' }}",
        "{{ ('{}' | parse_json).nope }}",
        "{{ login.body.none | first }}",
        "{{ login.body.items | map(attribute='nope') | join(',') }}",
        "{{ login.headers | cookie('nope') }}",
        "{{ cookie('nope') }}",
    ] {
        assert_eq!(
            code(text(template)),
            "template.undefined",
            "{template}: {:?}",
            text(template)
        );
        assert_eq!(code(value(template)), "template.undefined", "{template}");
    }
}

#[test]
fn the_error_names_the_right_one_of_several() {
    let path = |template| {
        text(template)
            .unwrap_err()
            .undefined_path()
            .unwrap_or_default()
            .to_owned()
    };
    assert_eq!(path("{{ login.body.a | default(vars.b) }}"), "vars.b");
    assert_eq!(
        path("{{ 'x' | hmac('sha256', vars.b) ~ login.body.a }}"),
        "vars.b"
    );
    assert_eq!(
        path("{{ login.body.token ~ login.body.b }}"),
        "login.body.b"
    );
    assert_eq!(
        path("{{ (login.body.a or login.body.token) + login.body.b }}"),
        "login.body.b"
    );
    assert_eq!(path("{{ vars.client_secre }}"), "vars.client_secre");
}

#[test]
fn defaults_and_tests_work_at_any_depth() {
    for (template, expected) in [
        ("{{ login.body.nope | default('x') }}", "x"),
        ("{{ login.body.nope.a.b.c | default('x') }}", "x"),
        ("{{ nope.a.b | d('x') }}", "x"),
        ("{{ page.body.user.name.first | default('x') }}", "x"),
        (
            "{{ login.body.user.manager.boss.name | default('x') }}",
            "x",
        ),
        ("{{ login.body.items[9].id | default(0) }}", "0"),
        ("{{ login.body.token | default('x') }}", "abc"),
        ("{{ login.body.nope | default }}", ""),
        ("{{ login.body.empty | default('x', true) }}", "x"),
        ("{{ login.body.nothing | default('x') }}", ""),
        ("{{ login.body.nope.a or 'x' }}", "x"),
        ("{{ login.body.nope or login.body.token }}", "abc"),
        ("{{ 'y' if login.body.nope.a is defined else 'n' }}", "n"),
        (
            "{{ login.body.nope if login.body.nope is defined else 'n' }}",
            "n",
        ),
        ("{% if login.body.nope.a %}y{% else %}n{% endif %}", "n"),
        (
            "{% if login.body.nope == 'x' %}y{% endif %}{% if 'x' != login.body.nope %}z{% endif %}",
            "z",
        ),
        ("{{ (page.body | regex('(nope)')) | default('x') }}", "x"),
        ("{{ ('{}' | parse_json).a.b.c | default('x') }}", "x"),
        ("{{ (login.body.none | first).a.b | default('x') }}", "x"),
        (
            "{% for x in login.body.items %}{{ x.nope.a | d('-') }}{% endfor %}",
            "--",
        ),
        (
            "{% set x = login.body.nope %}{{ x | default('d') }}{{ x is undefined }}",
            "dtrue",
        ),
        (
            "{% for x in login.body.nope | default([]) %}y{% endfor %}",
            "",
        ),
        (
            "{{ login.body.items | map(attribute='nope', default='-') | join }}",
            "--",
        ),
        (
            "{{ [login.body.nope, 1] | select('defined') | list }}",
            "[1]",
        ),
        (
            "{{ login.body.nope is string }}{{ login.body.nope is none }}{{ login.body.nope is iterable }}",
            "falsefalsefalse",
        ),
    ] {
        assert_eq!(text_of(template), expected, "{template}");
    }
}

#[test]
fn what_a_filter_did_not_find_is_said() {
    let error = text("{{ page.body | regex('id=(x)') }}").unwrap_err();
    assert_eq!(
        error,
        TemplateError::Undefined {
            expression: None,
            message: "`regex` found nothing".into(),
            suggestion: None
        }
    );
}

#[test]
fn hints_say_what_to_do() {
    assert_eq!(
        text("{{ login.body.tokn }}").unwrap_err().hint(),
        "Use `login.body.token`, or give a default: `default('')`."
    );
    assert_eq!(
        text_with("{{ zzz }}", json!({})).unwrap_err().hint(),
        "Use a name that is there, or give a default: `{{ zzz | default('') }}`."
    );
}
