use axum::http::StatusCode;
use serde_json::{Value, json};

use super::Client;
use crate::demo::{EMAIL, PASSWORD};
use crate::samples::samples;

async fn ask(client: &Client, bearer: Option<&str>, query: &str, variables: Value) -> Value {
    let headers: Vec<_> = bearer
        .map(|value| ("authorization", value))
        .into_iter()
        .collect();
    let answer = client
        .post_json(
            "/graphql",
            &headers,
            &json!({ "query": query, "variables": variables }),
        )
        .await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    answer.json()
}

async fn sign_in(client: &Client) -> String {
    let login = "mutation ($email: String!, $password: String!, $ttl: Int) \
                 { login(email: $email, password: $password, ttl: $ttl) { token expiresIn user { name } } }";
    let answer = ask(
        client,
        None,
        login,
        json!({ "email": EMAIL, "password": PASSWORD, "ttl": 5 }),
    )
    .await;
    assert_eq!(answer["data"]["login"]["expiresIn"], 5);
    assert_eq!(answer["data"]["login"]["user"]["name"], "Dana Keel");
    format!(
        "Bearer {}",
        answer["data"]["login"]["token"].as_str().unwrap()
    )
}

#[tokio::test]
async fn a_mutation_signs_in_and_queries_use_its_token() {
    let client = Client::new();
    let bearer = sign_in(&client).await;
    let answer = ask(
        &client,
        Some(&bearer),
        "{ me { email } contacts(query: \"pier\") { total contacts { name } } }",
        json!({}),
    )
    .await;
    assert_eq!(answer["data"]["me"]["email"], EMAIL);
    assert_eq!(answer["data"]["contacts"]["total"], 4);
    let add = "mutation ($contact: NewContact!) { addContact(contact: $contact) { id name } }";
    let added = ask(
        &client,
        Some(&bearer),
        add,
        json!({ "contact": { "name": "Zoe" } }),
    )
    .await;
    let id = &added["data"]["addContact"]["id"];
    let read = ask(
        &client,
        Some(&bearer),
        "query ($id: Int!) { contact(id: $id) { name company } }",
        json!({ "id": id }),
    )
    .await;
    assert_eq!(
        read["data"]["contact"],
        json!({ "name": "Zoe", "company": null })
    );
}

#[tokio::test]
async fn errors_come_in_the_body_with_a_code() {
    let client = Client::new();
    let answer = ask(&client, None, "{ me { email } }", json!({})).await;
    assert_eq!(answer["errors"][0]["extensions"]["code"], "UNAUTHENTICATED");
    let login = "mutation { login(email: \"a@b.example\", password: \"x\") { token } }";
    assert_eq!(
        ask(&client, None, login, json!({})).await["errors"][0]["extensions"]["code"],
        "WRONG_CREDENTIALS"
    );
    assert!(
        ask(&client, None, "{ nonsense }", json!({})).await["errors"][0]["message"]
            .as_str()
            .unwrap()
            .contains("nonsense")
    );
}

#[tokio::test]
async fn an_expired_token_gets_401_so_that_a_refresh_can_start() {
    let client = Client::new();
    let bearer = sign_in(&client).await;
    client.wait(5);
    let answer = client
        .post_json(
            "/graphql",
            &[("authorization", &bearer)],
            &json!({ "query": "{ me { id } }" }),
        )
        .await;
    assert_eq!(
        (answer.status, answer.json()["error"].clone()),
        (StatusCode::UNAUTHORIZED, json!("token_expired"))
    );
}

#[tokio::test]
async fn a_query_that_is_far_too_deep_is_refused() {
    let depth = 200;
    let query = format!("{}{}{}", "{ a".repeat(depth), " { b }", " }".repeat(depth));
    let answer = ask(&Client::new(), None, &query, json!({})).await;
    assert!(answer["errors"].is_array(), "{answer}");
}

#[tokio::test]
async fn a_body_without_a_query_is_told_so() {
    let answer = Client::new()
        .post_json("/graphql", &[], &json!({ "query": "" }))
        .await;
    assert_eq!(
        (answer.status, answer.json()["error"].clone()),
        (StatusCode::BAD_REQUEST, json!("no_query"))
    );
}

#[tokio::test]
async fn every_query_of_the_sample_connector_is_answered() {
    let client = Client::new();
    let bearer = sign_in(&client).await;
    let samples = samples("http://127.0.0.1:4910");
    let sample = samples
        .iter()
        .find(|sample| sample.file_name.contains("graphql"))
        .expect("there is one");
    let file: Value = serde_json::from_str(&sample.document).unwrap();
    let endpoints = file["endpoints"]
        .as_array()
        .unwrap()
        .iter()
        .map(|endpoint| &endpoint["request"]);
    let all = endpoints.chain([
        &file["test"]["request"],
        &file["auth"]["steps"][1]["request"],
    ]);
    let variables = json!({
        "email": EMAIL, "password": PASSWORD, "id": 1001, "query": "", "page": 1, "contact": { "name": "Zoe" },
    });
    for request in all {
        let query = request["body"]["query"].as_str().unwrap();
        let wanted = request["body"]["variables"]
            .as_object()
            .into_iter()
            .flat_map(|given| given.keys());
        let given: serde_json::Map<_, _> = wanted
            .map(|name| (name.clone(), variables[name].clone()))
            .collect();
        let answer = ask(&client, Some(&bearer), query, given.into()).await;
        assert_eq!(answer.get("errors"), None, "{query}");
    }
}
