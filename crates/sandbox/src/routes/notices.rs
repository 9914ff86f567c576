//! The notices of the harbour office: a list that is always the same, for whoever signs in with basic auth.

use axum::Json;
use serde_json::{Value, json};

use crate::routes::keys::ByPassword;

pub(crate) async fn list(_: ByPassword) -> Json<Value> {
    Json(json!({ "notices": [
        { "id": "n1", "quay": "North pier", "title": "Crane out of service", "urgent": true,
          "text": "The crane is being mended until Friday. Heavy goods go to the South pier." },
        { "id": "n2", "quay": "South pier", "title": "Fresh water is back", "urgent": false,
          "text": "All taps of the pier have water again. Let it run for a minute first." },
        { "id": "n3", "quay": "Depot", "title": "Fire drill", "urgent": false,
          "text": "On Thursday at ten. Please meet at the flagpole." },
    ] }))
}
