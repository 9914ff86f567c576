//! Conditions: what is false.

use serde_json::json;

use super::super::{Scope, Templates};
use super::{moment, scope};

fn holds(template: &str) -> bool {
    Templates::shared()
        .render_bool(template, &scope(), &moment())
        .unwrap_or_else(|error| panic!("{template}: {error}"))
}

#[test]
fn what_is_false_is_false() {
    for value in [
        json!(false),
        json!(null),
        json!(0),
        json!(0.0),
        json!(""),
        json!("false"),
        json!([]),
        json!({}),
    ] {
        let mut scope = Scope::new();
        scope.set("v", value.clone());
        for template in ["{{ v }}", " {{ v }} ", "{{ v if true else 1 }}"] {
            let holds = Templates::shared()
                .render_bool(template, &scope, &moment())
                .unwrap();
            assert!(!holds, "{value} in {template}");
        }
    }
    assert!(!holds("") && !holds("false") && !holds("  "));
}

#[test]
fn anything_else_is_true() {
    for value in [
        json!(true),
        json!(1),
        json!(-0.5),
        json!("x"),
        json!("0"),
        json!("False"),
        json!([0]),
        json!({"a": null}),
    ] {
        let mut scope = Scope::new();
        scope.set("v", value.clone());
        assert!(
            Templates::shared()
                .render_bool("{{ v }}", &scope, &moment())
                .unwrap(),
            "{value}"
        );
    }
    assert!(holds("true") && holds("{% if true %}yes{% endif %}") && holds("{{ 0 }}{{ 1 }}"));
}

#[test]
fn undefined_is_false_wherever_it_is_used() {
    for template in [
        "{{ login.body.nope }}",
        "{{ login.body.nope.deeper.still }}",
        "{{ nope }}",
        "{{ page.body.error.code }}",
        "{{ login.body.nope == 'expired' }}",
        "{{ page.body.error.code == 1 }}",
        "{{ login.body.nope > 3 }}",
        "{{ login.body.nope < 3 }}",
        "{{ 3 > login.body.nope }}",
        "{{ 3 <= login.body.nope }}",
        "{{ 1 < login.body.nope < 3 }}",
        "{{ login.body.nope | lower == 'done' }}",
        "{{ login.body.nope + 1 }}",
        "{{ 'a' in login.body.nope }}",
        "{{ login.body.nope in ['a'] }}",
        "{{ login.body.nope and true }}",
        "x{{ login.body.nope }}",
    ] {
        assert!(!holds(template), "{template}");
    }
    for template in [
        "{{ not login.body.nope }}",
        "{{ login.body.nope or true }}",
        "{{ login.body.nope != 'x' }}",
        "{{ login.body.nope is undefined }}",
        "{{ login.body.nope.a.b is not defined }}",
        "{{ login.body.token is defined }}",
        "{{ login.body.user.manager is none }}",
        "{{ login.body.user.manager.name is undefined }}",
        "{{ login.status == 200 and 'admin' in login.body.user.roles }}",
    ] {
        assert!(holds(template), "{template}");
    }
}

#[test]
fn other_faults_are_no_answer() {
    for template in [
        "{{ login.body.token | hash('sha3') }}",
        "{{ a. }}",
        "{{ login.body.token + 1 }}",
    ] {
        assert!(
            Templates::shared()
                .render_bool(template, &scope(), &moment())
                .is_err(),
            "{template}"
        );
    }
}
