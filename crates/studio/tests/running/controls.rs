//! What controls show, and what their actions do (A1).

use latchwork_studio::ControlEvent;
use latchwork_studio::wire::{ControlContent, ControlState};
use latchwork_testkit::{Answer, FaultServer, Route};
use serde_json::{Value, json};

use super::desk::{Desk, routes};

/// An app of one screen, whose one connector needs nobody.
async fn desk(others: Vec<Route>, controls: Value) -> Desk {
    let app = |origin: &str| {
        let mut open = super::desk::crm(origin);
        open["auth"] = json!({ "method": "none" });
        json!({
            "format": "latchwork.app/1", "name": "Open",
            "connectors": [{ "id": "crm", "connector": "Open", "definition": open }],
            "variables": [{ "name": "last" }],
            "screens": [
                { "id": "home", "controls": controls },
                { "id": "other", "in_menu": false, "controls": [
                    { "id": "there", "type": "text", "text": "{{ screen.id }} {{ search.value }}" } ] } ]
        })
    };
    Desk::with_app(routes(others), app).await
}

#[tokio::test]
async fn a1_a_search_a_table_and_a_record_are_bound_to_each_other() {
    let desk = desk(
        Vec::new(),
        json!([
            { "id": "search", "type": "input", "default": "a" },
            { "id": "list", "type": "table", "source": { "connector": "crm", "endpoint": "contacts",
                "inputs": { "q": "{{ search.value }}" } } },
            { "id": "one", "type": "record", "label": "Contact {{ list.selected.name }}",
              "source": { "connector": "crm", "endpoint": "contact", "inputs": { "id": "{{ list.selected.id }}" } } },
            { "id": "gone", "type": "text", "text": "x", "visible": "{{ list.selected }}" }
        ]),
    )
    .await;
    let shown = desk
        .until("the rows", |shown| {
            shown.on_screen("home") && shown.is_ready("list")
        })
        .await;
    assert_eq!(shown.rows("list"), [["1", "Ada"], ["2", "Grace"]]);
    let ControlContent::Table {
        columns, selected, ..
    } = &shown.control("list").content
    else {
        panic!()
    };
    assert_eq!((columns.join(","), *selected), ("Id,Name".to_owned(), None));
    assert_eq!(
        shown.control("one").state,
        ControlState::Empty,
        "without a row nothing is asked for"
    );
    assert!(!shown.control("gone").visible);
    desk.does("list", ControlEvent::SelectRow { index: 0 });
    let shown = desk
        .until("the record", |shown| shown.is_ready("one"))
        .await;
    assert_eq!(shown.control("one").label.as_deref(), Some("Contact Ada"));
    assert!(shown.control("gone").visible);
    let ControlContent::Record { fields } = &shown.control("one").content else {
        panic!()
    };
    let lines: Vec<_> = fields
        .iter()
        .map(|line| format!("{}={}", line.label, line.value))
        .collect();
    assert_eq!(lines, ["Id=1", "Name=Ada Anchor", "Phone="]);
    // Typing that goes on is asked for once, when it rests.
    for text in ["ad", "ada"] {
        desk.types("search", text);
    }
    let seen = || {
        desk.server
            .requests()
            .iter()
            .map(|request| request.target.clone())
            .collect::<Vec<_>>()
    };
    desk.until("the search", |_| {
        seen().contains(&"/contacts?q=ada".to_owned())
    })
    .await;
    assert!(
        !seen().contains(&"/contacts?q=ad".to_owned()),
        "{:?}",
        seen()
    );
}

#[tokio::test]
async fn a1_a_button_calls_then_loads_clears_and_says_so() {
    let added = Route {
        method: Some("POST".to_owned()),
        ..Route::new(
            "/contacts",
            Answer {
                status: Some(201),
                ..Answer::json(json!({ "id": 3 }))
            },
        )
    };
    let desk = desk(
        vec![added],
        json!([
            { "id": "search", "type": "input" },
            { "id": "list", "type": "table", "source": { "connector": "crm", "endpoint": "contacts", "run": "manual" } },
            { "id": "add", "type": "button", "text": "Add", "disabled": "{{ not search.value }}", "on": { "click": [
                { "type": "call", "connector": "crm", "endpoint": "add", "inputs": { "name": "{{ search.value }}" },
                  "then": [
                    { "type": "set_value", "target": "vars.last", "value": "{{ answer.body.id }}" },
                    { "type": "set_value", "target": "search", "value": "" },
                    { "type": "load", "control": "list" },
                    { "type": "show_message", "text": "Added number {{ vars.last }}", "tone": "success" },
                    { "type": "show_message", "when": "{{ false }}", "text": "never" },
                    { "type": "go_to_screen", "screen": "other" } ] } ] } }
        ]),
    )
    .await;
    desk.until("the screen", |shown| shown.on_screen("home"))
        .await;
    desk.does("add", ControlEvent::Click);
    desk.types("search", "Alan");
    desk.until("the button", |shown| {
        matches!(
            shown.control("add").content,
            ControlContent::Button { enabled: true, .. }
        )
    })
    .await;
    desk.does("add", ControlEvent::Click);
    let shown = desk
        .until("the other screen", |shown| shown.on_screen("other"))
        .await;
    assert_eq!(shown.messages, ["Added number 3"]);
    assert_eq!(shown.text("there"), "other ");
    let posts: Vec<_> = desk
        .server
        .requests()
        .into_iter()
        .filter(|request| request.method == "POST")
        .collect();
    assert_eq!(
        posts.len(),
        1,
        "a click on a button that is off does nothing"
    );
    assert_eq!(posts[0].text(), r#"{"name":"Alan"}"#);
}

#[tokio::test]
async fn what_fails_says_so_where_it_is_and_otherwise_is_what_the_builder_wants() {
    let gone = Route::new(
        "/contacts/*",
        Answer {
            status: Some(404),
            ..Answer::json(json!({ "detail": "No such contact" }))
        },
    );
    let call =
        json!({ "type": "call", "connector": "crm", "endpoint": "contact", "inputs": { "id": 9 } });
    let mut caught = call.clone();
    caught["otherwise"] =
        json!([{ "type": "show_message", "text": "{{ error.status }}: {{ error.message }}" }]);
    let fix = |mut action: Value| {
        action["inputs"]["id"] = json!("{{ 9 }}");
        action
    };
    let desk = desk(
        vec![gone],
        json!([
            { "id": "one", "type": "record", "source": { "connector": "crm", "endpoint": "contact", "inputs": { "id": "{{ 9 }}" } } },
            { "id": "broken", "type": "text", "text": "{{ 1 / 0 }}" },
            { "id": "plain", "type": "button", "text": "Plain", "on": { "click": [fix(call)] } },
            { "id": "caught", "type": "button", "text": "Caught", "on": { "click": [fix(caught)] } },
            { "id": "wrong", "type": "button", "text": "Wrong", "on": { "click": [
                { "type": "show_message", "text": "{{ nothing.there }}" }, { "type": "go_to_screen", "screen": "other" } ] } }
        ]),
    )
    .await;
    let shown = desk
        .until("the error", |shown| {
            shown.on_screen("home")
                && matches!(shown.control("one").state, ControlState::Error { .. })
        })
        .await;
    let ControlState::Error { error, retry } = &shown.control("one").state else {
        panic!()
    };
    assert_eq!(
        (error.message.as_str(), *retry),
        ("No such contact (status 404)", true)
    );
    let ControlState::Error {
        error,
        retry: false,
    } = &shown.control("broken").state
    else {
        panic!()
    };
    assert_eq!(error.code, "template.failed");
    for (button, said) in [
        ("plain", "No such contact (status 404)"),
        ("caught", "404: No such contact (status 404)"),
    ] {
        desk.does(button, ControlEvent::Click);
        desk.until(said, |shown| {
            shown.messages.last().is_some_and(|last| last == said)
        })
        .await;
    }
    desk.does("wrong", ControlEvent::Click);
    let shown = desk
        .until("the fault", |shown| shown.messages.len() == 3)
        .await;
    assert!(
        shown.messages[2].contains("nothing"),
        "{:?}",
        shown.messages
    );
    assert!(
        shown.on_screen("home"),
        "the actions behind it are not done"
    );
}

/// An app over a GraphQL API that answers each query so.
async fn graph_desk(answer: Value, query: &str, controls: Value) -> (Desk, FaultServer) {
    let server = FaultServer::start(vec![Route::new("/graphql", Answer::json(answer))]).await;
    let base_url = format!("{}/graphql", server.origin());
    let query = query.to_owned();
    let app = move |_: &str| {
        json!({
            "format": "latchwork.app/1", "name": "Graph",
            "connectors": [{ "id": "graph", "connector": "Graph", "definition": {
                "format": "latchwork.connector/1", "name": "Graph", "kind": "graphql", "base_url": base_url,
                "auth": { "method": "none" },
                "endpoints": [{ "id": "contact", "request": { "method": "POST", "url": "",
                    "body": { "type": "graphql", "query": query } } }] } }],
            "screens": [{ "id": "home", "controls": controls }]
        })
    };
    (Desk::with_app(routes(vec![]), app).await, server)
}

#[tokio::test]
async fn a_graphql_answer_with_errors_is_an_error_in_an_app_too() {
    let answer = json!({ "data": { "contact": null }, "errors": [
        { "message": "No such contact", "path": ["contact"], "extensions": { "code": "NOT_FOUND" } } ] });
    let controls = json!([
        { "id": "one", "type": "record", "source": { "connector": "graph", "endpoint": "contact" } } ]);
    let (desk, _server) = graph_desk(answer, "{ contact { name } }", controls).await;
    let shown = desk
        .until("the error", |shown| {
            shown.on_screen("home")
                && matches!(shown.control("one").state, ControlState::Error { .. })
        })
        .await;
    let ControlState::Error { error, .. } = &shown.control("one").state else {
        panic!()
    };
    assert_eq!(
        (error.code.as_str(), error.message.as_str()),
        ("graphql.errors", "No such contact")
    );
}

#[tokio::test]
async fn what_came_of_a_query_with_errors_is_shown_and_its_errors_are_there_for_templates() {
    let answer = json!({ "data": { "contact": { "name": "Ada" }, "orders": null }, "errors": [
        { "message": "The orders cannot be read", "path": ["orders"], "extensions": { "code": "FORBIDDEN" } } ] });
    let controls = json!([
        { "id": "one", "type": "record", "source": { "connector": "graph", "endpoint": "contact" } },
        { "id": "name", "type": "text", "text": "{{ one.data.data.contact.name }}" },
        { "id": "words", "type": "text", "text": "{{ one.data.errors[0].message }}" } ]);
    let query = "{ contact { name } orders { id } }";
    let (desk, _server) = graph_desk(answer, query, controls).await;
    let shown = desk
        .until("the contact", |shown| {
            shown.on_screen("home") && shown.is_ready("one")
        })
        .await;
    assert_eq!(shown.text("name"), "Ada");
    assert_eq!(shown.text("words"), "The orders cannot be read");
}

#[tokio::test]
async fn a_picture_comes_by_the_core_and_an_address_from_elsewhere_is_none() {
    let desk = desk(
        Vec::new(),
        json!([
            { "id": "picture", "type": "image", "source": { "connector": "crm", "endpoint": "picture" } },
            { "id": "bytes", "type": "text", "text": "{{ picture.status }}{{ picture.data }}" },
            { "id": "far", "type": "image", "value": "https://elsewhere.example/pixel.png" },
            { "id": "number", "type": "input", "input_type": "number" },
            { "id": "double", "type": "text", "text": "{{ number.value * 2 }}" },
            { "id": "choice", "type": "select", "options": [{ "value": "a", "label": "A" }, { "value": "b", "label": "B" }], "default": "a" },
            { "id": "chosen", "type": "text", "text": "{{ choice.value }}" }
        ]),
    )
    .await;
    let shown = desk
        .until("the picture", |shown| {
            shown.on_screen("home") && shown.is_ready("picture")
        })
        .await;
    let ControlContent::Image { source, .. } = &shown.control("picture").content else {
        panic!()
    };
    assert_eq!(
        source.as_deref(),
        Some("data:image/png;base64,iVBORw0KGgo=")
    );
    let ControlContent::Image { source: None, .. } = &shown.control("far").content else {
        panic!()
    };
    assert_eq!(shown.text("bytes"), "200", "its bytes are no text");
    assert_eq!(shown.text("chosen"), "a");
    desk.types("number", "2,5");
    desk.until("its double", |shown| shown.text("double") == "5.0")
        .await;
    desk.types("number", "two");
    let shown = desk
        .until("what is wrong", |shown| {
            matches!(
                &shown.control("number").content,
                ControlContent::Input {
                    problem: Some(_),
                    ..
                }
            )
        })
        .await;
    assert_ne!(shown.text("double"), "5.0");
    desk.does(
        "choice",
        ControlEvent::Choose {
            value: Some("b".to_owned()),
        },
    );
    desk.until("the choice", |shown| shown.text("chosen") == "b")
        .await;
}

#[tokio::test]
async fn actions_that_lead_to_each_other_are_stopped_and_said() {
    let desk = desk(
        Vec::new(),
        json!([
            { "id": "list", "type": "table", "source": { "connector": "crm", "endpoint": "contacts" },
              "on": { "load": [{ "type": "load", "control": "list" }] } }
        ]),
    )
    .await;
    let shown = desk
        .until("what is wrong", |shown| !shown.messages.is_empty())
        .await;
    assert!(
        shown.messages[0].contains("without end"),
        "{:?}",
        shown.messages
    );
    assert_eq!(desk.count("/contacts"), 51);
}
