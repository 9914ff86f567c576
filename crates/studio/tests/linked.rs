//! X1: a connector that was opened from a file is saved to it; what another program writes there is noticed, and a
//! conflict is shown and not lost.

#![expect(
    clippy::unwrap_used,
    reason = "a test that fails says where by its panic"
)]

use std::fs;
use std::path::PathBuf;

use latchwork_model::read_connector;
use latchwork_studio::wire::FileState;
use latchwork_studio::{ConnectorOpened, KeyChoice, Studio, StudioError, StudioOptions};
use serde_json::{Map, Value, json};
use tempfile::TempDir;

const ID: &str = "5e0e5d8c-40a6-4a53-9d5b-9d2f4f1a0009";

struct Desk {
    folder: TempDir,
    studio: Studio,
}

impl Desk {
    async fn new() -> Self {
        let folder = TempDir::new().unwrap();
        let options = StudioOptions {
            data_dir: Some(folder.path().join("data")),
            key: KeyChoice::Passphrase("a passphrase for tests".into()),
        };
        let studio = Studio::open(options).await.unwrap();
        Self { folder, studio }
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("acme.connector.json")
    }

    fn write(&self, text: impl AsRef<[u8]>) {
        fs::write(self.path(), text).unwrap();
    }

    fn on_disk(&self) -> Value {
        serde_json::from_str(&fs::read_to_string(self.path()).unwrap()).unwrap()
    }

    async fn open(&self) -> ConnectorOpened {
        let linked = self.studio.connector_open_file(&self.path()).await.unwrap();
        linked.opened
    }

    async fn state(&self, id: &str) -> FileState {
        self.studio.connector_file(id).await.unwrap().unwrap().state
    }

    /// What the state of a file that was changed is called.
    async fn changed(&self, id: &str) -> String {
        match self.state(id).await {
            FileState::Changed { hash, fault: None } => hash,
            other => panic!("it is {other:?}"),
        }
    }
}

fn acme(base_url: &str) -> Value {
    json!({
        "format": "latchwork.connector/1", "id": ID, "name": "Acme", "kind": "rest", "base_url": base_url,
        "auth": { "method": "none" },
    })
}

fn with_base_url(document: &str, base_url: &str) -> String {
    let mut value: Value = serde_json::from_str(document).unwrap();
    value["base_url"] = json!(base_url);
    value.to_string()
}

fn base_url(document: &str) -> String {
    read_connector(document).unwrap().base_url.to_string()
}

#[tokio::test]
async fn x1_what_was_opened_from_a_file_is_saved_to_it() {
    let desk = Desk::new().await;
    desk.write(acme("https://a.example").to_string());
    let opened = desk.open().await;
    assert_eq!(opened.id, ID);
    let real = fs::canonicalize(desk.path()).unwrap();
    assert_eq!(opened.file_path, Some(real.display().to_string()));
    assert_eq!(desk.state(ID).await, FileState::Same);
    let edited = with_base_url(&opened.document, "https://b.example");
    let saved = desk.studio.connector_save(ID, &edited, 1).await.unwrap();
    assert_eq!(saved.revision, 2);
    assert_eq!(desk.on_disk()["base_url"], "https://b.example");
    assert_eq!(
        fs::read_to_string(desk.path()).unwrap(),
        saved.document,
        "in the stable order"
    );
    assert_eq!(desk.state(ID).await, FileState::Same);
    // Another time it is the same connector.
    assert_eq!(desk.open().await.id, ID);
    assert_eq!(desk.studio.connector_list("").await.unwrap().len(), 1);
}

#[tokio::test]
async fn x1_a_change_on_disk_is_followed_where_nobody_works_on_it() {
    let desk = Desk::new().await;
    desk.write(acme("https://a.example").to_string());
    desk.open().await;
    desk.write(acme("https://b.example").to_string());
    desk.changed(ID).await;
    let named = desk.studio.connector_named("Acme").await.unwrap();
    assert_eq!(base_url(&named.document), "https://b.example");
    assert_eq!(desk.state(ID).await, FileState::Same);
    desk.write(acme("https://c.example").to_string());
    let opened = desk.studio.connector_open(ID).await.unwrap();
    assert_eq!(base_url(&opened.document), "https://c.example");
    // Other white space is no change of what it says.
    desk.write(serde_json::to_string_pretty(&acme("https://c.example")).unwrap());
    assert_eq!(desk.state(ID).await, FileState::Same);
    assert_eq!(
        desk.studio.connector_open(ID).await.unwrap().revision,
        opened.revision
    );
}

#[tokio::test]
async fn x1_unsaved_work_and_a_change_on_disk_are_both_kept_until_the_person_chooses() {
    let desk = Desk::new().await;
    desk.write(acme("https://a.example").to_string());
    let opened = desk.open().await;
    let mine = with_base_url(&opened.document, "https://mine.example");
    desk.studio.draft_save(ID, &mine).await.unwrap();
    desk.write(acme("https://theirs.example").to_string());

    let opened = desk.studio.connector_open(ID).await.unwrap();
    assert_eq!(base_url(&opened.document), "https://a.example");
    assert_eq!(
        base_url(&opened.draft.unwrap().document),
        "https://mine.example"
    );
    let seen = desk.studio.connector_file_text(ID, &mine).await.unwrap();
    assert_eq!(base_url(&seen.mine), "https://mine.example");
    assert_ne!(seen.mine, mine, "written as the file's is");
    assert_eq!(base_url(&seen.text), "https://theirs.example");
    let refused = desk.studio.connector_save(ID, &mine, 1).await.unwrap_err();
    assert_eq!(refused.code().as_str(), "file.changed");
    assert!(refused.to_string().contains("acme.connector.json"));
    assert_eq!(desk.on_disk()["base_url"], "https://theirs.example");

    // It changed again since it was looked at.
    desk.write(acme("https://theirs-again.example").to_string());
    let studio = &desk.studio;
    let stale = studio.connector_save_over(ID, &mine, 1, Some(&seen.hash));
    let refused = stale.await.unwrap_err();
    assert!(matches!(refused, StudioError::FileChanged { .. }));
    assert_eq!(desk.on_disk()["base_url"], "https://theirs-again.example");
    let now = desk.changed(ID).await;
    let saved = studio
        .connector_save_over(ID, &mine, 1, Some(&now))
        .await
        .unwrap();
    assert_eq!(base_url(&saved.document), "https://mine.example");
    assert_eq!(desk.on_disk()["base_url"], "https://mine.example");
}

#[tokio::test]
async fn x1_what_the_file_says_can_be_taken_in_place_of_unsaved_work() {
    let desk = Desk::new().await;
    desk.write(acme("https://a.example").to_string());
    let opened = desk.open().await;
    let mine = with_base_url(&opened.document, "https://mine.example");
    desk.studio.draft_save(ID, &mine).await.unwrap();
    desk.write(acme("https://theirs.example").to_string());
    let seen = desk.changed(ID).await;
    let taken = desk.studio.connector_take_file(ID, &seen).await.unwrap();
    assert_eq!(base_url(&taken.document), "https://theirs.example");
    assert_eq!(taken.draft, None);
    desk.write(acme("https://later.example").to_string());
    let stale = desk.studio.connector_take_file(ID, &seen).await;
    assert_eq!(stale.unwrap_err().code().as_str(), "file.changed");
}

#[tokio::test]
async fn x1_a_broken_file_is_shown_and_not_written_over_unseen() {
    let desk = Desk::new().await;
    desk.write(acme("https://a.example").to_string());
    let opened = desk.open().await;
    desk.write("<<<<<<< HEAD\n{ \"format\"");
    let FileState::Changed { hash, fault } = desk.state(ID).await else {
        panic!("it changed");
    };
    assert_eq!(fault.unwrap().code, "file.invalid");
    let named = desk.studio.connector_named("Acme").await.unwrap();
    assert_eq!(named.document, opened.document, "the last that was good");
    let seen = desk.studio.connector_file_text(ID, "{").await.unwrap();
    assert_eq!(seen.mine, "{");
    let text = seen.text;
    assert!(text.starts_with("<<<<<<< HEAD"), "as it stands");
    let edited = with_base_url(&opened.document, "https://b.example");
    let refused = desk.studio.connector_save(ID, &edited, 1).await;
    assert_eq!(refused.unwrap_err().code().as_str(), "file.changed");
    assert!(fs::read_to_string(desk.path()).unwrap().starts_with("<<<"));
    let saved = desk.studio.connector_save_over(ID, &edited, 1, Some(&hash));
    saved.await.unwrap();
    assert_eq!(desk.on_disk()["base_url"], "https://b.example");
}

#[tokio::test]
async fn x1_a_file_that_is_gone_is_told_and_written_anew_by_a_save() {
    let desk = Desk::new().await;
    desk.write(acme("https://a.example").to_string());
    let opened = desk.open().await;
    fs::remove_file(desk.path()).unwrap();
    assert_eq!(desk.state(ID).await, FileState::Missing);
    desk.studio.connector_open(ID).await.unwrap();
    desk.studio
        .connector_save(ID, &opened.document, 1)
        .await
        .unwrap();
    assert_eq!(desk.on_disk()["base_url"], "https://a.example");
    // A folder where the file was, or no folder: said, and the library stays as it was.
    fs::remove_file(desk.path()).unwrap();
    fs::create_dir(desk.path()).unwrap();
    assert!(matches!(desk.state(ID).await, FileState::Unreadable { .. }));
    let edited = with_base_url(&opened.document, "https://b.example");
    let refused = desk.studio.connector_save(ID, &edited, 2).await;
    assert_eq!(refused.unwrap_err().code().as_str(), "file.unreadable");
    let stored = desk.studio.connector_open(ID).await.unwrap();
    assert_eq!(base_url(&stored.document), "https://a.example");
}

#[tokio::test]
async fn x1_a_foreign_file_with_a_known_id_keeps_its_own_and_becomes_another_connector() {
    let desk = Desk::new().await;
    desk.studio
        .connector_import_text(&acme("https://here.example").to_string())
        .await
        .unwrap();
    desk.write(acme("https://theirs.example").to_string());
    let linked = desk.studio.connector_open_file(&desk.path()).await.unwrap();
    assert_eq!(linked.beside.as_deref(), Some("Acme"));
    let opened = linked.opened;
    assert_ne!(opened.id, ID);
    let edited = with_base_url(&opened.document, "https://b.example");
    desk.studio
        .connector_save(&opened.id, &edited, 1)
        .await
        .unwrap();
    assert_eq!(desk.on_disk()["id"], ID);
    assert_eq!(desk.on_disk()["base_url"], "https://b.example");
    assert_eq!(desk.state(&opened.id).await, FileState::Same);
    let here = desk.studio.connector_open(ID).await.unwrap();
    assert_eq!(base_url(&here.document), "https://here.example");
}

#[tokio::test]
async fn x1_a_file_without_an_id_stays_without_one_and_what_was_exported_is_the_same_connector() {
    let desk = Desk::new().await;
    let mut file = acme("https://a.example");
    file.as_object_mut().unwrap().remove("id");
    desk.write(file.to_string());
    let opened = desk.open().await;
    let edited = with_base_url(&opened.document, "https://b.example");
    desk.studio
        .connector_save(&opened.id, &edited, 1)
        .await
        .unwrap();
    assert_eq!(desk.on_disk().get("id"), None);

    let there = desk.folder.path().join("there.connector.json");
    let imported = desk
        .studio
        .connector_import_text(&acme("https://a.example").to_string())
        .await
        .unwrap();
    fs::write(&there, &imported.document).unwrap();
    let linked = desk.studio.connector_open_file(&there).await.unwrap();
    assert_eq!((linked.opened.id.as_str(), linked.beside), (ID, None));
    // No two connectors are saved to one file.
    let taken = desk.studio.connector_link(ID, &desk.path()).await;
    assert_eq!(taken.unwrap_err().code().as_str(), "file.exists");
    assert_eq!(desk.on_disk()["base_url"], "https://b.example");
    let unlinked = desk.studio.connector_unlink(&opened.id).await.unwrap();
    assert_eq!(unlinked.file_path, None);
    assert_eq!(desk.studio.connector_file(&opened.id).await.unwrap(), None);
    let linked = desk.studio.connector_link(ID, &desk.path()).await.unwrap();
    assert!(linked.file_path.unwrap().ends_with("acme.connector.json"));
    assert_eq!(desk.on_disk()["base_url"], "https://a.example");
}

#[tokio::test]
async fn x1_whoever_is_ended_between_the_file_and_the_library_finds_the_work_saved() {
    let desk = Desk::new().await;
    desk.write(acme("https://a.example").to_string());
    desk.open().await;
    let mine = acme("https://mine.example").to_string();
    desk.studio.draft_save(ID, &mine).await.unwrap();
    desk.write(mine);
    let opened = desk.studio.connector_open(ID).await.unwrap();
    assert_eq!(base_url(&opened.document), "https://mine.example");
    assert_eq!(opened.draft, None);
}

#[tokio::test]
async fn z32_secrets_do_not_follow_a_file_to_another_address() {
    let desk = Desk::new().await;
    let mut file = acme("https://a.example");
    file["variables"] = json!([{ "name": "key", "secret": true }]);
    desk.write(file.to_string());
    desk.open().await;
    desk.studio.secret_set(ID, "key", "canary").await.unwrap();
    file["base_url"] = json!("https://elsewhere.example");
    desk.write(file.to_string());
    let opened = desk.studio.connector_open(ID).await.unwrap();
    assert_eq!(base_url(&opened.document), "https://elsewhere.example");
    let connector = read_connector(&opened.document).unwrap();
    let variables = desk.studio.variables(ID, &connector, Map::new()).await;
    assert!(variables.unwrap().is_empty());
    assert!(!desk.studio.secret_list(ID).await.unwrap()[0].is_set);
}

#[cfg(unix)]
#[tokio::test]
async fn x1_a_link_stays_one_and_so_does_who_may_read_the_file() {
    use std::os::unix::fs::{PermissionsExt as _, symlink};
    let desk = Desk::new().await;
    let real = desk.folder.path().join("real.connector.json");
    fs::write(&real, acme("https://a.example").to_string()).unwrap();
    fs::set_permissions(&real, fs::Permissions::from_mode(0o640)).unwrap();
    symlink(&real, desk.path()).unwrap();
    let opened = desk.open().await;
    let edited = with_base_url(&opened.document, "https://b.example");
    desk.studio.connector_save(ID, &edited, 1).await.unwrap();
    assert!(fs::symlink_metadata(desk.path()).unwrap().is_symlink());
    assert_eq!(desk.on_disk()["base_url"], "https://b.example");
    let mode = fs::metadata(&real).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o640);
}

#[tokio::test]
async fn z32_secrets_do_not_follow_what_is_merged_out_of_a_file() {
    let desk = Desk::new().await;
    let mut file = acme("https://a.example");
    file["variables"] = json!([{ "name": "key", "secret": true }]);
    desk.write(file.to_string());
    let opened = desk.open().await;
    desk.studio.secret_set(ID, "key", "canary").await.unwrap();
    file["base_url"] = json!("https://elsewhere.example");
    desk.write(file.to_string());
    let seen = desk.changed(ID).await;
    let merged = with_base_url(&opened.document, "https://elsewhere.example/v2");
    let saved = desk.studio.connector_save_over(ID, &merged, 1, Some(&seen));
    saved.await.unwrap();
    assert!(!desk.studio.secret_list(ID).await.unwrap()[0].is_set);
    // What the person writes takes them along.
    let opened = desk.studio.connector_open(ID).await.unwrap();
    desk.studio.secret_set(ID, "key", "canary").await.unwrap();
    let mine = with_base_url(&opened.document, "https://b.example");
    desk.studio
        .connector_save(ID, &mine, opened.revision)
        .await
        .unwrap();
    assert!(desk.studio.secret_list(ID).await.unwrap()[0].is_set);
}

#[tokio::test]
async fn x1_a_file_that_was_moved_is_the_same_connector_at_its_new_place() {
    let desk = Desk::new().await;
    desk.write(acme("https://a.example").to_string());
    desk.open().await;
    let there = desk.folder.path().join("moved.connector.json");
    fs::rename(desk.path(), &there).unwrap();
    let linked = desk.studio.connector_open_file(&there).await.unwrap();
    assert_eq!((linked.opened.id.as_str(), linked.beside), (ID, None));
    let path = linked.opened.file_path.unwrap();
    assert!(path.ends_with("moved.connector.json"), "{path}");
}

#[cfg(unix)]
#[tokio::test]
async fn a_link_with_the_name_of_an_unfinished_file_is_not_followed() {
    let desk = Desk::new().await;
    desk.write(acme("https://a.example").to_string());
    let opened = desk.open().await;
    let precious = desk.folder.path().join("precious");
    fs::write(&precious, "as it was").unwrap();
    let bait = desk.folder.path().join("acme.connector.json.part");
    std::os::unix::fs::symlink(&precious, &bait).unwrap();
    let edited = with_base_url(&opened.document, "https://b.example");
    desk.studio.connector_save(ID, &edited, 1).await.unwrap();
    assert_eq!(fs::read_to_string(&precious).unwrap(), "as it was");
    assert!(!fs::symlink_metadata(desk.path()).unwrap().is_symlink());
}
