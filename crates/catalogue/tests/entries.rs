//! Every entry: the checker has nothing to say of it, it signs in nowhere but at https addresses, holds no secret,
//! and says what is needed before the first sign-in.

use std::collections::BTreeSet;
use std::path::Path;

use latchwork_catalogue::{Entry, entries};
use latchwork_model::{
    Auth, Connector, Diagnostic, RedirectKind, Severity, StepKind, check, read_connector,
    write_connector,
};
use serde_json::Value;

/// The deep link's address, and the listener's where the file fixes none.
const DEEP_LINK: &str = "studio.latchwork://oauth/callback";
const ANY_PORT: &str = "http://127.0.0.1/callback";

/// What is wrong with all entries together, so that one run tells of each.
fn each(judge: impl Fn(&Entry, &mut Vec<String>)) {
    let mut wrong = Vec::new();
    for entry in entries() {
        let mut own = Vec::new();
        judge(entry, &mut own);
        wrong.extend(own.into_iter().map(|text| format!("{}: {text}", entry.id)));
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// All texts in a JSON value, with the member that they stand in.
fn texts<'a>(value: &'a Value, name: &'a str, found: &mut Vec<(&'a str, &'a str)>) {
    match value {
        Value::String(text) => found.push((name, text)),
        Value::Array(items) => items.iter().for_each(|item| texts(item, name, found)),
        Value::Object(members) => members
            .iter()
            .for_each(|(name, member)| texts(member, name, found)),
        _ => {}
    }
}

#[test]
fn the_list_is_the_folder() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("connectors");
    let mut files = BTreeSet::new();
    for file in std::fs::read_dir(folder).expect("the folder of connectors is there") {
        let name = file.expect("the folder can be read").file_name();
        files.insert(name.to_string_lossy().into_owned());
    }
    let listed: BTreeSet<String> = entries()
        .iter()
        .flat_map(|entry| {
            [
                format!("{}.about.json", entry.id),
                format!("{}.connector.json", entry.id),
            ]
        })
        .collect();
    assert_eq!(files, listed);
    assert!(entries().len() >= 24, "only {} entries", entries().len());
}

#[test]
fn the_checker_has_neither_errors_nor_warnings() {
    each(|entry, wrong| {
        let connector = match read_connector(entry.file) {
            Ok(connector) => connector,
            Err(error) => return wrong.push(error.to_string()),
        };
        let bad = |finding: &Diagnostic| finding.severity != Severity::Info;
        for finding in check(&connector).iter().filter(|finding| bad(finding)) {
            wrong.push(format!(
                "{} {}: {}",
                finding.code, finding.path, finding.message
            ));
        }
    });
}

#[test]
fn a_file_stands_as_the_studio_would_save_it() {
    each(|entry, wrong| {
        let saved = write_connector(&entry.connector());
        if saved != entry.file && std::env::var_os("LATCHWORK_WRITE_CATALOGUE").is_some() {
            let file = Path::new(env!("CARGO_MANIFEST_DIR"))
                .join("connectors")
                .join(format!("{}.connector.json", entry.id));
            std::fs::write(file, &saved).expect("the file can be written");
        }
        if saved != entry.file {
            let line = saved
                .lines()
                .zip(entry.file.lines())
                .position(|(saved, here)| saved != here);
            wrong.push(format!(
                "differs from line {:?} on",
                line.map(|line| line + 1)
            ));
        }
    });
}

#[test]
fn a_connector_has_no_id_and_all_that_makes_it_useful() {
    each(|entry, wrong| {
        let connector = entry.connector();
        let mut want = |is: bool, what: &str| {
            if !is {
                wrong.push(what.to_owned());
            }
        };
        want(connector.id.is_none(), "it has an id");
        want(
            connector.name == entry.about.title,
            "its name is not the title",
        );
        want(connector.test.is_some(), "no test request");
        want(
            (3..=8).contains(&connector.endpoints.len()),
            "not 3 to 8 endpoints",
        );
        let inputs = |connector: &Connector| {
            connector
                .endpoints
                .iter()
                .any(|endpoint| !endpoint.inputs.is_empty())
        };
        want(inputs(&connector), "no endpoint has inputs");
        want(connector.description.is_some(), "no description");
        for address in [
            connector.documentation_url.as_deref().unwrap_or_default(),
            &entry.about.documentation,
        ] {
            want(address.starts_with("https://"), "no https documentation");
        }
        for variable in &connector.variables {
            want(
                variable.description.is_some(),
                &format!("the variable {} is not explained", variable.name),
            );
        }
    });
}

#[test]
fn a_secret_comes_from_the_vault_or_a_person() {
    each(|entry, wrong| {
        let connector = entry.connector();
        for variable in &connector.variables {
            let name = &variable.name;
            let is_secret = [
                "secret",
                "password",
                "token",
                "private_key",
                "service_account",
            ]
            .iter()
            .any(|word| name.contains(word) || name.ends_with("_key") && name != "api_key");
            if is_secret && !variable.secret {
                wrong.push(format!("the variable {name} is not secret"));
            }
        }
        if let Auth::Multistep(multistep) = &connector.auth {
            for step in &multistep.steps {
                let StepKind::Form(form) = &step.kind else {
                    continue;
                };
                for field in &form.fields {
                    let secret = matches!(field.key.as_str(), "password" | "token" | "key");
                    if secret && !field.is_secret() {
                        wrong.push(format!("the field {} shows what is typed", field.key));
                    }
                }
            }
        }
    });
}

#[test]
fn addresses_are_https_or_on_this_machine() {
    each(|entry, wrong| {
        for file in [
            entry.file.to_owned(),
            serde_json::to_string(&entry.about).expect("it can be written"),
        ] {
            let value: Value = serde_json::from_str(&file).expect("it is JSON");
            let mut found = Vec::new();
            texts(&value, "", &mut found);
            for (_, text) in found {
                let plain = text.match_indices("http://").any(|(at, _)| {
                    let rest = &text[at + "http://".len()..];
                    !rest.starts_with("localhost") && !rest.starts_with("127.0.0.1")
                });
                if plain {
                    wrong.push(format!("plain http: {text}"));
                }
            }
        }
    });
}

#[test]
fn the_redirect_address_to_register_is_the_one_that_is_used() {
    each(|entry, wrong| {
        let connector = entry.connector();
        let plan = connector.auth.plan();
        let copied: Vec<&str> = entry
            .about
            .register
            .iter()
            .filter_map(|step| step.copy.as_deref())
            .collect();
        for step in &plan.steps {
            let browser = matches!(
                step.kind,
                StepKind::Oauth2AuthorizationCode(_) | StepKind::Oauth2Pkce(_)
            );
            let Some(oauth) = step.kind.oauth().filter(|_| browser) else {
                continue;
            };
            let wanted = match &oauth.redirect_uri {
                Some(address) => address.as_str().to_owned(),
                None if oauth.redirect == RedirectKind::DeepLink => DEEP_LINK.to_owned(),
                None => ANY_PORT.to_owned(),
            };
            // A variable's value, and Microsoft, which compares no port.
            let value = connector
                .variables
                .iter()
                .find(|variable| wanted.contains(&format!("vars.{}", variable.name)))
                .and_then(|variable| variable.value.clone())
                .unwrap_or_else(|| wanted.clone());
            let without_port = value.replace(":28478", "");
            let said = copied
                .iter()
                .any(|copy| *copy == value || *copy == without_port);
            // A desktop app at Google registers none.
            let none_needed = entry
                .about
                .register
                .iter()
                .any(|step| step.text.contains("needs no redirect address"));
            if !said && !none_needed {
                wrong.push(format!("{value} is not among what is registered"));
            }
        }
    });
}

#[test]
fn what_is_to_be_filled_in_is_said() {
    each(|entry, wrong| {
        let said: String = entry
            .about
            .register
            .iter()
            .map(|step| step.text.as_str())
            .filter(|text| text.starts_with("Fill in here"))
            .collect();
        for variable in entry.connector().variables {
            if variable.value.is_none() && !said.contains(&variable.name) {
                wrong.push(format!("nobody says to fill in {}", variable.name));
            }
        }
        if entry.about.register.is_empty() {
            wrong.push("nobody says what to do".to_owned());
        }
    });
}

#[test]
fn the_status_says_when() {
    each(|entry, wrong| {
        let date = &entry.about.status.date;
        let digits: Vec<&str> = date.split('-').collect();
        let well_formed = matches!(digits.as_slice(), [year, month, day]
            if year.len() == 4 && month.len() == 2 && day.len() == 2
                && digits.iter().all(|part| part.bytes().all(|byte| byte.is_ascii_digit())));
        if !well_formed {
            wrong.push(format!("`{date}` is no day"));
        }
    });
}

#[test]
fn where_an_address_comes_from_an_answer_the_hosts_are_named() {
    each(|entry, wrong| {
        let connector = entry.connector();
        let from_answer = ["{{ oauth.raw.", "{{ callback", "{{ login.endpoint"]
            .iter()
            .any(|start| {
                connector.base_url.as_str().starts_with(start)
                    || entry.file.contains(&format!("\"token_url\": \"{start}"))
            });
        if from_answer && connector.allowed_origins.is_empty() {
            wrong.push("no allowed_origins".to_owned());
        }
        for origin in &connector.allowed_origins {
            if origin == "https://*" || !origin.starts_with("https://") {
                wrong.push(format!("{origin} is too wide"));
            }
        }
    });
}
