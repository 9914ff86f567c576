//! `latchwork catalogue`: ready-made connectors, found, looked at and added.

mod support;

use support::Workspace;

#[test]
fn a_search_with_a_typo_finds_and_all_is_listed_without_one() {
    let workspace = Workspace::new();
    let all = workspace.run(&["catalogue", "--json"]).ends(0).json();
    assert!(all.as_array().is_some_and(|all| all.len() >= 24));
    let found = workspace
        .run(&["catalogue", "slck", "--json"])
        .ends(0)
        .json();
    assert_eq!(found[0]["id"], "slack");
    assert_eq!(found[0]["status"], "from_documentation");
    let people = workspace.run(&["catalogue", "jira", "cookie"]).ends(0);
    assert!(people.text().starts_with("jira-server  Jira Server"));
    assert!(people.text().contains("from documentation, 20"));
    assert_eq!(people.text().lines().count(), 1);
    let nothing = workspace.run(&["catalogue", "weather"]).ends(0);
    assert_eq!(nothing.text(), "");
    assert!(nothing.stderr.contains("`weather`"), "{}", nothing.stderr);
}

#[test]
fn what_to_register_is_shown_before_anything_is_added() {
    let workspace = Workspace::new();
    let shown = workspace.run(&["catalogue", "show", "xero"]).ends(0);
    for part in [
        "1. ",
        "http://localhost:28478/callback",
        "https://developer.xero.com/documentation/guides/oauth2/auth-flow/",
        "from documentation, 20",
        "Not confirmed: ",
    ] {
        assert!(shown.text().contains(part), "{part}: {}", shown.text());
    }
    let json = workspace
        .run(&["catalogue", "show", "xero", "--json"])
        .ends(0)
        .json();
    assert_eq!(json["to_fill_in"][1]["name"], "client_secret");
    let library = workspace.run(&["connectors", "--json"]).ends(0).json();
    assert_eq!(library, serde_json::json!([]));
}

#[test]
fn an_entry_is_added_as_a_connector_of_its_own_as_often_as_one_likes() {
    let workspace = Workspace::new();
    let first = workspace
        .run(&["catalogue", "add", "stripe", "--json"])
        .ends(0)
        .json();
    assert_eq!(first["name"], "Stripe");
    assert_eq!(first["secret_variables"], serde_json::json!(["secret_key"]));
    let second = workspace.run(&["catalogue", "add", "stripe"]).ends(0);
    assert!(
        second.stderr.contains("secret_key") && second.stderr.contains("catalogue show stripe"),
        "{}",
        second.stderr
    );
    let library = workspace.run(&["connectors", "--json"]).ends(0).json();
    let names: Vec<&str> = library
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|one| one["name"].as_str())
        .collect();
    assert_eq!(names, ["Stripe", "Stripe 2"]);
    assert_ne!(library[0]["id"], library[1]["id"]);
    let exported = workspace.run(&["export", "Stripe"]).ends(0);
    let file = workspace.write("stripe.connector.json", &exported.stdout);
    let checked = workspace.run(&["check", &file, "--json"]).ends(0).json();
    assert_eq!(checked, serde_json::json!([]));
}

#[test]
fn an_entry_that_is_not_there_is_told_with_the_nearest() {
    let workspace = Workspace::new();
    let failed = workspace.run(&["catalogue", "add", "strip"]).ends(2);
    assert!(
        failed.stderr.contains("`strip`") && failed.stderr.contains("stripe"),
        "{}",
        failed.stderr
    );
}
