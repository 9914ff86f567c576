//! What the editor of an app is told.

use serde_json::json;

use crate::desk::{ACME, Desk, app, connector, json_of, whole_app};

async fn codes(desk: &Desk, document: &serde_json::Value) -> Vec<String> {
    let findings = desk.studio.app_check(&document.to_string()).await.unwrap();
    findings.into_iter().map(|finding| finding.code).collect()
}

#[tokio::test]
async fn an_app_is_checked_against_the_library_as_it_stands_in_the_editors() {
    let desk = Desk::new().await;
    assert_eq!(codes(&desk, &app()).await, ["connector.unknown"]);
    assert_eq!(
        codes(&desk, &whole_app(&connector())).await,
        [""; 0],
        "its own definition will do"
    );
    let acme = desk
        .studio
        .connector_import_text(&connector().to_string())
        .await
        .unwrap();
    assert_eq!(codes(&desk, &app()).await, [""; 0]);
    let mut by_name = app();
    by_name["connectors"][0]["connector"] = json!("acme");
    assert_eq!(codes(&desk, &by_name).await, [""; 0]);

    let mut draft = connector();
    draft["endpoints"][0]["id"] = json!("find_orders");
    desk.studio
        .draft_save(&acme.id, &draft.to_string())
        .await
        .unwrap();
    assert_eq!(codes(&desk, &app()).await, ["endpoint.unknown"]);
    desk.studio.draft_discard(&acme.id).await.unwrap();
    assert_eq!(codes(&desk, &app()).await, [""; 0]);
    desk.studio.connector_delete(&acme.id).await.unwrap();
    assert_eq!(codes(&desk, &app()).await, ["connector.unknown"]);
}

#[tokio::test]
async fn a_document_that_is_no_app_is_one_finding_and_a_broken_rule_is_told_too() {
    let desk = Desk::new().await;
    let findings = desk.studio.app_check("{").await.unwrap();
    assert_eq!(findings.len(), 1);
    assert!(findings[0].message.starts_with("not JSON"));
    let mut invalid = whole_app(&connector());
    invalid["name"] = json!("");
    let findings = desk.studio.app_check(&invalid.to_string()).await.unwrap();
    assert_eq!(findings[0].path, "name");
}

#[tokio::test]
async fn names_at_a_place_are_the_apps_and_then_functions_and_filters() {
    let desk = Desk::new().await;
    let names = desk
        .studio
        .app_template_names(&app().to_string(), "screens[0].controls[1].rows")
        .await
        .unwrap();
    let names: Vec<&str> = names.iter().map(|name| name.name.as_str()).collect();
    for wanted in [
        "data",
        "search.value",
        "orders.data",
        "app.name",
        "now",
        "json",
    ] {
        assert!(names.contains(&wanted), "{wanted}: {names:?}");
    }
    let error = desk.studio.app_template_names("[]", "").await.unwrap_err();
    assert_eq!(error.code().as_str(), "file.invalid");
}

#[tokio::test]
async fn a_control_gets_another_id_everywhere_or_not_at_all() {
    let desk = Desk::new().await;
    let document = app().to_string();
    let renamed = desk
        .studio
        .app_control_rename(&document, "search", "wanted")
        .await
        .unwrap();
    let value = json_of(&renamed.document);
    assert_eq!(renamed.changed, 1);
    assert_eq!(value["screens"][0]["controls"][0]["id"], "wanted");
    assert_eq!(
        value["screens"][0]["controls"][1]["source"]["inputs"]["query"],
        "{{ wanted.value }}"
    );
    for (id, reason) in [
        ("orders", "another control has it"),
        ("vars", "a word of the template language"),
        ("Wanted", "begin with a small letter"),
    ] {
        let error = desk
            .studio
            .app_control_rename(&document, "search", id)
            .await
            .unwrap_err();
        assert_eq!(error.code().as_str(), "file.invalid");
        let said = error.to_string();
        assert!(said.contains(reason) && said.contains(id), "{said}");
    }
}

#[tokio::test]
async fn what_can_be_bound_to_is_what_connectors_offer_in_their_editors() {
    let desk = Desk::new().await;
    desk.studio
        .connector_import_text(&connector().to_string())
        .await
        .unwrap();
    let bindable = desk.studio.app_connectors().await.unwrap();
    assert_eq!(
        serde_json::to_value(&bindable).unwrap(),
        json!([{ "id": ACME, "name": "Acme", "endpoints": [{
            "id": "list_orders", "name": "list_orders", "method": "GET",
            "inputs": [
                { "name": "query", "type": "text", "required": true },
                { "name": "page", "type": "number", "required": false },
            ],
        }] }])
    );
    let mut draft = connector();
    draft["endpoints"][0]["name"] = json!("Orders");
    desk.studio
        .draft_save(ACME, &draft.to_string())
        .await
        .unwrap();
    let name =
        |bindable: &[latchwork_studio::BindableConnector]| bindable[0].endpoints[0].name.clone();
    assert_eq!(name(&desk.studio.app_connectors().await.unwrap()), "Orders");
    // A draft that is half typed hides nothing.
    desk.studio.draft_save(ACME, "{").await.unwrap();
    assert_eq!(
        name(&desk.studio.app_connectors().await.unwrap()),
        "list_orders"
    );
}
