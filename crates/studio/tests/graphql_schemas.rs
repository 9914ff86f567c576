//! Schemas of GraphQL APIs, as the editor asks for them: with the session that there is, kept, and without a credential.

#![expect(
    clippy::unwrap_used,
    reason = "a test that fails says where by its panic"
)]

use std::sync::Arc;

use latchwork_studio::{KeyChoice, Studio, StudioOptions};
use latchwork_testkit::{Answer, FaultServer, Route};
use serde_json::{Value, json};
use tempfile::TempDir;

const PLACE: &str = "endpoints[0].request";
const TOKEN: &str = "tok~c4nary+Token/2";

async fn open(folder: &TempDir) -> Arc<Studio> {
    let options = StudioOptions {
        data_dir: Some(folder.path().join("data")),
        key: KeyChoice::Passphrase("correct horse battery".to_owned()),
    };
    Arc::new(Studio::open(options).await.unwrap())
}

fn schema() -> Value {
    json!({ "__schema": { "queryType": { "name": "Query" },
        "types": [{ "kind": "OBJECT", "name": "Query", "fields": [] }] } })
}

fn connector(origin: &str, auth: &Value) -> String {
    json!({
        "format": "latchwork.connector/1", "name": "Graph", "kind": "graphql", "base_url": format!("{origin}/graphql"),
        "variables": [{ "name": "token", "secret": true }],
        "auth": auth,
        "endpoints": [{ "id": "me", "request": { "method": "POST", "url": "",
            "body": { "type": "graphql", "query": "{ me { id } }" } } }]
    })
    .to_string()
}

async fn server(answer: Answer) -> FaultServer {
    FaultServer::start(vec![Route::new("/graphql", answer)]).await
}

#[tokio::test]
async fn c3_a_schema_is_asked_for_with_the_credentials_and_kept_without_them() {
    let folder = TempDir::new().unwrap();
    let studio = open(&folder).await;
    let server = server(Answer::json(json!({ "data": schema() }))).await;
    let auth = json!({ "method": "bearer", "token": "{{ vars.token }}" });
    let document = connector(server.origin(), &auth);
    let opened = studio.connector_import_text(&document).await.unwrap();
    let (id, document) = (opened.id.as_str(), opened.document.as_str());
    studio.secret_set(id, "token", TOKEN).await.unwrap();
    assert_eq!(
        studio.graphql_schema(id, document, PLACE).await.unwrap(),
        None
    );

    let fetched = studio
        .graphql_schema_fetch(id, document, PLACE)
        .await
        .unwrap();
    let sent = &server.requests()[0];
    assert_eq!(
        sent.header("authorization"),
        Some(format!("Bearer {TOKEN}"))
    );
    assert_eq!(fetched.address, format!("{}/graphql", server.origin()));
    assert_eq!(fetched.schema, schema().to_string());
    assert!(!format!("{fetched:?}").contains(TOKEN));

    drop(studio);
    let studio = open(&folder).await;
    let kept = studio.graphql_schema(id, document, PLACE).await.unwrap();
    assert_eq!(kept, Some(fetched));
    studio
        .graphql_schema_forget(id, document, PLACE)
        .await
        .unwrap();
    assert_eq!(
        studio.graphql_schema(id, document, PLACE).await.unwrap(),
        None
    );
}

#[tokio::test]
async fn c3_where_nobody_is_signed_in_the_error_says_so_and_what_was_kept_stays() {
    let folder = TempDir::new().unwrap();
    let studio = open(&folder).await;
    let refused = Answer {
        body: Some(json!({ "message": "Sign in first" })),
        ..Answer::status(401)
    };
    let server = server(refused).await;
    let document = connector(server.origin(), &json!({ "method": "basic" }));
    let opened = studio.connector_import_text(&document).await.unwrap();
    let (id, document) = (opened.id.as_str(), opened.document.as_str());

    let file = folder.path().join("schema.graphql");
    std::fs::write(&file, "type Query { me: Int }\n").unwrap();
    let from_file = studio
        .graphql_schema_from_file(id, document, PLACE, &file)
        .await
        .unwrap();
    assert_eq!(from_file.file_name.as_deref(), Some("schema.graphql"));
    let error = studio
        .graphql_schema_fetch(id, document, PLACE)
        .await
        .unwrap_err();
    assert_eq!(error.code().as_str(), "session.needs_you");

    std::fs::write(&file, "{ me { id } }").unwrap();
    let error = studio
        .graphql_schema_from_file(id, document, PLACE, &file)
        .await;
    assert_eq!(error.unwrap_err().code().as_str(), "graphql.no_schema");
    let large = std::fs::File::create(&file).unwrap();
    large.set_len(10 * 1024 * 1024 + 1).unwrap();
    let error = studio
        .graphql_schema_from_file(id, document, PLACE, &file)
        .await;
    assert!(error.unwrap_err().to_string().contains("10 MiB"));
    assert_eq!(
        studio.graphql_schema(id, document, PLACE).await.unwrap(),
        Some(from_file)
    );
}

/// A login by a mutation at an address of its own, whose token goes with each query.
fn with_login(origin: &str, login: &str, endpoint: &Value) -> String {
    json!({
        "format": "latchwork.connector/1", "name": "Graph", "kind": "graphql", "base_url": format!("{origin}/graphql"),
        "variables": [{ "name": "key", "secret": true }],
        "auth": { "method": "multistep",
            "steps": [{ "id": "login", "type": "api_request", "request": { "method": "POST", "url": login,
                "body": { "type": "graphql", "query": "mutation { login { token } }" } } }],
            "request_parameters": [
                { "location": "header", "name": "Authorization", "value": "Bearer {{ login.body.data.login.token }}" },
                { "location": "header", "name": "X-Key", "value": "{{ vars.key }}" }] },
        "endpoints": [endpoint]
    })
    .to_string()
}

#[tokio::test]
async fn a_step_is_asked_for_its_schema_without_credentials_and_the_login_is_not_run() {
    let folder = TempDir::new().unwrap();
    let studio = open(&folder).await;
    let api = server(Answer::status(500)).await;
    let login = server(Answer::json(json!({ "data": schema() }))).await;
    let address = format!("{}/graphql", login.origin());
    let endpoint = json!({ "id": "me", "request": { "method": "POST", "url": "" } });
    let document = with_login(api.origin(), &address, &endpoint);
    let opened = studio.connector_import_text(&document).await.unwrap();
    let (id, document) = (opened.id.as_str(), opened.document.as_str());
    studio.secret_set(id, "key", TOKEN).await.unwrap();

    let place = "auth.steps[0].request";
    let fetched = studio.graphql_schema_fetch(id, document, place).await;
    assert_eq!(fetched.unwrap().address, address);
    let asked = login.requests();
    assert_eq!((asked.len(), api.requests().len()), (1, 0));
    assert!(asked[0].text().contains("__schema"));
    for name in ["authorization", "x-key"] {
        assert_eq!(asked[0].header(name), None, "{name}");
    }
}

#[tokio::test]
async fn only_a_refusal_to_a_stranger_asks_for_a_sign_in() {
    let about = |code: &str| {
        Answer::json(json!({ "errors": [{ "message": "No.", "extensions": { "code": code } }] }))
    };
    let off = Answer::json(json!({ "errors": [{ "message": "introspection is off" }] }));
    for (answer, code) in [
        (Answer::status(401), "session.needs_you"),
        (Answer::status(403), "session.needs_you"),
        (about("UNAUTHENTICATED"), "session.needs_you"),
        (about("FORBIDDEN"), "session.needs_you"),
        (off, "session.needs_you"),
        (Answer::status(429), "step.unexpected_status"),
        (Answer::status(503), "step.unexpected_status"),
        (about("BAD_USER_INPUT"), "graphql.errors"),
    ] {
        let folder = TempDir::new().unwrap();
        let studio = open(&folder).await;
        let server = server(answer.clone()).await;
        let document = connector(server.origin(), &json!({ "method": "basic" }));
        let opened = studio.connector_import_text(&document).await.unwrap();
        let fetched = studio
            .graphql_schema_fetch(&opened.id, &opened.document, PLACE)
            .await;
        assert_eq!(fetched.unwrap_err().code().as_str(), code, "{answer:?}");
    }
}

#[tokio::test]
async fn a_secret_that_is_not_there_leads_to_the_question_of_a_stranger() {
    let folder = TempDir::new().unwrap();
    let studio = open(&folder).await;
    let server = server(Answer::json(json!({ "data": schema() }))).await;
    let auth = json!({ "method": "bearer", "token": "{{ vars.token }}" });
    let document = connector(server.origin(), &auth);
    let opened = studio.connector_import_text(&document).await.unwrap();
    let fetched = studio
        .graphql_schema_fetch(&opened.id, &opened.document, PLACE)
        .await;
    assert_eq!(fetched.unwrap().schema, schema().to_string());
    assert_eq!(server.requests()[0].header("authorization"), None);
}

#[tokio::test]
async fn an_endpoint_with_inputs_is_asked_with_their_defaults_or_says_which_one_is_needed() {
    let folder = TempDir::new().unwrap();
    let studio = open(&folder).await;
    let server = server(Answer::json(json!({ "data": schema() }))).await;
    let endpoint = |default: Value| {
        let mut document: Value =
            serde_json::from_str(&connector(server.origin(), &json!({ "method": "none" })))
                .unwrap();
        let endpoint = &mut document["endpoints"][0];
        endpoint["inputs"] = json!([{ "name": "path" }, { "name": "page", "type": "number" }]);
        if !default.is_null() {
            endpoint["inputs"][0]["default"] = default;
        }
        endpoint["request"]["url"] = json!("/{{ input.path }}");
        endpoint["request"]["query"] = json!([{ "name": "page", "value": "{{ input.page }}" }]);
        document["base_url"] = json!(server.origin());
        document.to_string()
    };
    let opened = studio
        .connector_import_text(&endpoint(json!("graphql")))
        .await
        .unwrap();
    studio
        .graphql_schema_fetch(&opened.id, &opened.document, PLACE)
        .await
        .unwrap();
    assert_eq!(server.requests()[0].target, "/graphql");
    let error = studio
        .graphql_schema_fetch(&opened.id, &endpoint(Value::Null), PLACE)
        .await
        .unwrap_err();
    assert!(
        error.to_string().contains("needs the input `path`"),
        "{error}"
    );
    assert_eq!(server.requests().len(), 1);
}
