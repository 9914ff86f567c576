//! Runs: asked, answered, remembered, cleared, refused.

use std::collections::BTreeMap;

use latchwork_sandbox::PASSWORD;
use latchwork_studio::RunUpdate;
use latchwork_studio::wire::{RunWhat, TestState};
use serde_json::{Value, json};

use crate::desk::{Desk, answers, is_end, is_form, open, signed_in, until};

#[tokio::test]
async fn t1_a_test_asks_shows_masked_outputs_and_is_remembered() {
    let desk = Desk::new().await;
    let opened = desk.sample().await;
    assert_eq!(opened.test_state, TestState::NotTested);
    let (run, seen) = signed_in(&desk, &opened).await;
    let outputs = seen.iter().find_map(|update| match update {
        RunUpdate::StepFinished { step, outputs, .. } if step == "login" => Some(outputs.clone()),
        _ => None,
    });
    assert_eq!(outputs.unwrap()["body"]["token"], "•••");
    let told = serde_json::to_string(&seen).unwrap();
    let token = desk.studio.run_reveal(&run, "login.body.token").unwrap();
    assert!(
        token.len() > 10 && !told.contains(&token),
        "z30: only the one click shows it"
    );

    let again = desk.studio.connector_open(&opened.id).await.unwrap();
    assert_eq!(again.test_state, TestState::Passed);
    // An editor that writes the members in another order changes nothing.
    let value: Value = serde_json::from_str(&opened.document).unwrap();
    let reversed: serde_json::Map<String, Value> = value
        .as_object()
        .unwrap()
        .clone()
        .into_iter()
        .rev()
        .collect();
    let reversed = Value::Object(reversed).to_string();
    let saved = desk
        .studio
        .connector_save(&opened.id, &reversed, again.revision)
        .await
        .unwrap();
    assert_eq!(saved.test_state, TestState::Passed);
    let history = desk.studio.run_list(&opened.id).await.unwrap();
    assert_eq!((history.len(), history[0].ok), (1, true));
    assert!(!desk.studio.run_get(&run).await.unwrap().is_empty());
}

#[tokio::test]
async fn s1_a_wrong_answer_is_refused_with_its_field_and_the_form_goes_on_waiting() {
    let desk = Desk::new().await;
    let opened = desk.sample().await;
    let (run, mut updates) = desk.start(&opened, RunWhat::AuthSteps).await;
    let mut seen = Vec::new();
    until(&mut updates, &mut seen, is_form).await;
    let refused = desk.studio.run_answer(
        &run,
        "signin",
        &answers(&[("email", "nobody"), ("password", "x")]),
    );
    let fault = refused.unwrap_err().fault();
    assert_eq!(
        (fault.code.as_str(), fault.field.as_deref()),
        ("form.invalid_email", Some("email"))
    );
    let given = answers(&[("email", "demo@latchwork.example"), ("password", PASSWORD)]);
    desk.studio.run_answer(&run, "signin", &given).unwrap();
    assert!(matches!(
        until(&mut updates, &mut seen, is_end).await,
        RunUpdate::RunFinished { ok: true, .. }
    ));
}

#[tokio::test]
async fn k1_an_endpoint_uses_the_cached_outputs_also_after_a_restart_and_k2_clearing_asks_again() {
    let desk = Desk::new().await;
    let opened = desk.sample().await;
    signed_in(&desk, &opened).await;
    assert!(desk.studio.auth_status(&opened.id).await.unwrap().signed_in);
    let Desk {
        studio,
        sandbox,
        folder,
    } = desk;
    drop(studio);
    let desk = Desk {
        studio: open(&folder).await,
        sandbox,
        folder,
    };
    let call = RunWhat::Endpoint {
        endpoint_id: "list_contacts".into(),
        inputs: BTreeMap::new(),
    };
    let (_, mut updates) = desk.start(&opened, call.clone()).await;
    let mut seen = Vec::new();
    assert!(matches!(
        until(&mut updates, &mut seen, is_end).await,
        RunUpdate::RunFinished { ok: true, .. }
    ));
    assert!(!seen.iter().any(is_form), "nobody is asked");

    desk.studio.auth_clear(&opened.id, false).await.unwrap();
    assert!(!desk.studio.auth_status(&opened.id).await.unwrap().signed_in);
    let (run, mut updates) = desk.start(&opened, call).await;
    until(&mut updates, &mut seen, is_form).await;
    desk.studio.run_cancel(&run);
    until(&mut updates, &mut seen, is_end).await;
}

#[tokio::test]
async fn f16_a_clear_during_a_run_ends_it_and_nothing_comes_back() {
    let desk = Desk::new().await;
    let opened = desk.sample().await;
    let (_, mut updates) = desk.start(&opened, RunWhat::AuthSteps).await;
    let mut seen = Vec::new();
    until(&mut updates, &mut seen, is_form).await;
    desk.studio.auth_clear(&opened.id, false).await.unwrap();
    let end = until(&mut updates, &mut seen, is_end).await;
    let RunUpdate::RunFinished {
        ok: false,
        error: Some(error),
        ..
    } = end
    else {
        panic!("{end:?}")
    };
    assert_eq!(error.code, "run.cancelled");
    assert!(!desk.studio.auth_status(&opened.id).await.unwrap().signed_in);
}

#[tokio::test]
async fn a_retry_keeps_what_was_answered_and_never_sends_a_password_to_the_window() {
    let desk = Desk::new().await;
    let opened = desk.sample().await;
    signed_in(&desk, &opened).await;
    let (run, mut updates) = desk.start(&opened, RunWhat::AuthSteps).await;
    let mut seen = Vec::new();
    let RunUpdate::FormRequested { fields, .. } = until(&mut updates, &mut seen, is_form).await
    else {
        panic!("a form")
    };
    let field = |key: &str| {
        fields
            .iter()
            .find(|field| field.key == key)
            .unwrap()
            .clone()
    };
    assert_eq!(
        field("email").value.as_deref(),
        Some("demo@latchwork.example")
    );
    assert_eq!(
        (field("password").value, field("password").remembered),
        (None, true)
    );
    // Leaving the password empty uses the kept one.
    desk.studio
        .run_answer(
            &run,
            "signin",
            &answers(&[("email", "demo@latchwork.example")]),
        )
        .unwrap();
    assert!(matches!(
        until(&mut updates, &mut seen, is_end).await,
        RunUpdate::RunFinished { ok: true, .. }
    ));
}

#[tokio::test]
async fn a_call_that_is_refused_is_a_run_that_failed() {
    let desk = Desk::new().await;
    let document = json!({
        "format": "latchwork.connector/1", "name": "Acme", "kind": "rest", "base_url": desk.sandbox.base_url(),
        "auth": { "method": "none" },
        "test": { "request": { "method": "GET", "url": "/nowhere" } },
        "endpoints": [{ "id": "ask", "request": { "method": "POST", "url": "/graphql",
            "body": { "type": "graphql", "query": "{ nothing }" } } }],
    });
    let opened = desk
        .studio
        .connector_import_text(&document.to_string())
        .await
        .unwrap();
    let endpoint = RunWhat::Endpoint {
        endpoint_id: "ask".into(),
        inputs: BTreeMap::new(),
    };
    for (what, expected) in [
        (RunWhat::TestRequest, "step.unexpected_status"),
        (endpoint, "graphql.errors"),
    ] {
        let (_, mut updates) = desk.start(&opened, what).await;
        let end = until(&mut updates, &mut Vec::new(), is_end).await;
        let RunUpdate::RunFinished { ok, error, .. } = end else {
            panic!("{end:?}")
        };
        assert_eq!((ok, error.unwrap().code.as_str()), (false, expected));
    }
}
