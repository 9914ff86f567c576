//! Which crate may depend on which. Development dependencies do not count: they are in no program.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::Finding;

/// What each crate under `crates/` may never reach, whatever lies between.
const NEVER: &[(&str, &[&str])] = &[
    (
        "latchwork-model",
        &[
            "tokio",
            "reqwest",
            "hyper",
            "sqlx",
            "axum",
            "mio",
            "async-std",
            "ureq",
            "tempfile",
            "keyring",
            "latchwork-engine",
            "latchwork-store",
            "latchwork-studio",
            "latchwork-exchange",
            "latchwork-sandbox",
        ],
    ),
    (
        "latchwork-engine",
        &[
            "sqlx",
            "sqlx-core",
            "rusqlite",
            "libsqlite3-sys",
            "keyring",
            "latchwork-store",
            "latchwork-studio",
        ],
    ),
    (
        "latchwork-store",
        &["latchwork-engine", "latchwork-studio", "reqwest"],
    ),
    (
        "latchwork-exchange",
        &[
            "latchwork-engine",
            "latchwork-store",
            "latchwork-studio",
            "reqwest",
        ],
    ),
    (
        "latchwork-catalogue",
        &[
            "tokio",
            "reqwest",
            "latchwork-engine",
            "latchwork-store",
            "latchwork-studio",
            "latchwork-exchange",
        ],
    ),
    (
        "latchwork-sandbox",
        &["latchwork-engine", "latchwork-store", "latchwork-studio"],
    ),
];

/// Reached by nothing under `crates/`.
const SHELL: &[&str] = &["tauri", "tauri-build", "wry", "tao", "tauri-runtime"];

/// Reached by no program that people get: only tests use it.
const FOR_TESTS: &str = "latchwork-testkit";

/// Packages and what they depend on.
pub struct Graph {
    names: BTreeMap<String, String>,
    folders: BTreeMap<String, String>,
    edges: BTreeMap<String, Vec<String>>,
}

impl Graph {
    /// Reads the answer of `cargo metadata`.
    pub fn read(metadata: &Value) -> Self {
        let root = metadata["workspace_root"].as_str().unwrap_or_default();
        let mut graph = Self {
            names: BTreeMap::new(),
            folders: BTreeMap::new(),
            edges: BTreeMap::new(),
        };
        for package in list(&metadata["packages"]) {
            let id = text(&package["id"]);
            let manifest = text(&package["manifest_path"]);
            graph.names.insert(id.clone(), text(&package["name"]));
            if let Some(inside) = manifest.strip_prefix(root)
                && package["source"].is_null()
            {
                let folder = inside
                    .trim_start_matches('/')
                    .trim_end_matches("Cargo.toml");
                graph.folders.insert(id, folder.to_owned());
            }
        }
        for node in list(&metadata["resolve"]["nodes"]) {
            let targets = list(&node["deps"])
                .filter(|dependency| {
                    list(&dependency["dep_kinds"]).any(|kind| kind["kind"].as_str() != Some("dev"))
                })
                .map(|dependency| text(&dependency["pkg"]))
                .collect();
            graph.edges.insert(text(&node["id"]), targets);
        }
        graph
    }

    /// Names of everything that a package reaches, each with the way to it.
    fn reached_from(&self, id: &str) -> BTreeMap<String, String> {
        let mut ways = BTreeMap::new();
        let mut seen = BTreeSet::from([id.to_owned()]);
        let mut open = vec![(id.to_owned(), self.name(id))];
        while let Some((at, way)) = open.pop() {
            for next in self.edges.get(&at).into_iter().flatten() {
                if seen.insert(next.clone()) {
                    let way = format!("{way} → {}", self.name(next));
                    ways.insert(self.name(next), way.clone());
                    open.push((next.clone(), way));
                }
            }
        }
        ways
    }

    fn name(&self, id: &str) -> String {
        self.names.get(id).cloned().unwrap_or_else(|| id.to_owned())
    }
}

/// Findings for every forbidden dependency, direct or not.
pub fn check(graph: &Graph) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (id, folder) in &graph.folders {
        let name = graph.name(id);
        let is_shell = folder.is_empty();
        if (is_shell || folder.starts_with("crates/"))
            && let Some(way) = graph.reached_from(id).get(FOR_TESTS)
        {
            findings.push(Finding::new(
                format!("{folder}Cargo.toml"),
                format!("{FOR_TESTS} is for tests alone, but is in {name}: {way}"),
            ));
        }
        if !folder.starts_with("crates/") {
            continue;
        }
        let own = NEVER
            .iter()
            .filter(|(crate_name, _)| *crate_name == name)
            .flat_map(|(_, never)| never.iter());
        let reached = graph.reached_from(id);
        for forbidden in own.chain(SHELL) {
            if let Some(way) = reached.get(*forbidden) {
                findings.push(Finding::new(
                    format!("{folder}Cargo.toml"),
                    format!("{name} must not reach {forbidden}, but does: {way}"),
                ));
            }
        }
    }
    findings
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{Graph, check};

    fn package(name: &str, local: bool) -> Value {
        json!({
            "id": name, "name": name,
            "manifest_path": if local { format!("/root/crates/{name}/Cargo.toml") } else { format!("/registry/{name}/Cargo.toml") },
            "source": if local { Value::Null } else { json!("registry+https://github.com/rust-lang/crates.io-index") },
        })
    }

    fn depends(from: &str, to: &[&str], kind: &Value) -> Value {
        let targets: Vec<Value> = to
            .iter()
            .map(|target| json!({ "pkg": target, "dep_kinds": [{ "kind": kind }] }))
            .collect();
        json!({ "id": from, "deps": targets })
    }

    fn findings(nodes: &[Value]) -> Vec<String> {
        let mut shell = package("latchwork-desktop", true);
        shell["manifest_path"] = json!("/root/Cargo.toml");
        let metadata = json!({
            "workspace_root": "/root",
            "packages": [package("latchwork-model", true), package("latchwork-engine", true), package("latchwork-store", true),
                         package("latchwork-testkit", true), shell, package("tokio", false), package("tauri", false), package("middle", false)],
            "resolve": { "nodes": nodes },
        });
        check(&Graph::read(&metadata))
            .iter()
            .map(ToString::to_string)
            .collect()
    }

    #[test]
    fn tauri_under_crates_is_found_through_another_crate() {
        let found = findings(&[
            depends("latchwork-store", &["middle"], &Value::Null),
            depends("middle", &["tauri"], &Value::Null),
        ]);
        assert_eq!(found.len(), 1);
        assert!(
            found[0].contains("latchwork-store → middle → tauri"),
            "{found:?}"
        );
    }

    #[test]
    fn model_with_a_runtime_is_found() {
        assert_eq!(
            findings(&[depends("latchwork-model", &["tokio"], &Value::Null)]).len(),
            1
        );
    }

    #[test]
    fn engine_that_knows_the_store_is_found() {
        assert_eq!(
            findings(&[depends(
                "latchwork-engine",
                &["latchwork-store"],
                &Value::Null
            )])
            .len(),
            1
        );
    }

    #[test]
    fn what_is_for_tests_is_found_in_a_program() {
        for program in ["latchwork-store", "latchwork-desktop"] {
            let found = findings(&[depends(program, &["latchwork-testkit"], &Value::Null)]);
            assert_eq!(found.len(), 1, "{found:?}");
        }
        let tests = depends("latchwork-store", &["latchwork-testkit"], &json!("dev"));
        assert!(findings(&[tests]).is_empty());
    }

    #[test]
    fn development_dependencies_do_not_count() {
        assert!(findings(&[depends("latchwork-model", &["tokio"], &json!("dev"))]).is_empty());
    }
}
