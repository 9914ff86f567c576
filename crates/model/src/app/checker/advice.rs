//! Advice: what is there in an app and leads nowhere, and links that are not opened.

use std::collections::BTreeSet;

use super::automatic::walk_calls;
use crate::app::walk::{walk_action_list, walk_actions};
use crate::app::{ActionKind, App};
use crate::diagnostic::Diagnostic;
use crate::rule::Rule;
use crate::template_syntax::{is_literal, literal_prefix};

pub(super) fn advise(app: &App, findings: &mut Vec<Diagnostic>) {
    unused_connectors(app, findings);
    screens(app, findings);
    links(app, findings);
    links_by_themselves(app, findings);
}

fn unused_connectors(app: &App, findings: &mut Vec<Diagnostic>) {
    let mut used = BTreeSet::new();
    walk_calls(app, &mut |call| {
        used.insert(call.connector);
    });
    for (index, connector) in app.connectors.iter().enumerate() {
        if used.contains(connector.id.as_str()) {
            continue;
        }
        findings.push(Rule::ConnectorUnused.finding(
            format!("connectors[{index}]"),
            format!("nothing calls the connector `{}`", connector.id),
            "Call it, or take it out: people are asked to sign in to it for nothing.",
        ));
    }
}

fn screens(app: &App, findings: &mut Vec<Diagnostic>) {
    let mut reached = BTreeSet::new();
    walk_actions(app, &mut |path, action| {
        if let ActionKind::GoToScreen(go) = &action.kind
            // A screen that leads to itself is not reached by that.
            && !app.screens.iter().enumerate().any(|(index, screen)| {
                screen.id == go.screen && path.starts_with(&format!("screens[{index}]."))
            })
        {
            reached.insert(go.screen.as_str());
        }
    });
    for (index, screen) in app.screens.iter().enumerate() {
        if index > 0 && !screen.in_menu && !reached.contains(screen.id.as_str()) {
            findings.push(Rule::ScreenUnreachable.finding(
                format!("screens[{index}]"),
                format!("nothing leads to the screen `{}`", screen.id),
                "Put it into the menu (`in_menu`), or lead there with a `go_to_screen` action.",
            ));
        }
        if screen.controls.is_empty() {
            findings.push(Rule::ScreenEmpty.finding(
                format!("screens[{index}]"),
                format!("the screen `{}` has no controls", screen.id),
                "Add a control, or take the screen out.",
            ));
        }
    }
}

/// Links that no browser is sent to: only http and https are opened.
fn links(app: &App, findings: &mut Vec<Diagnostic>) {
    walk_actions(app, &mut |path, action| {
        let ActionKind::OpenLink(link) = &action.kind else {
            return;
        };
        let template = link.url.as_str();
        let prefix = literal_prefix(template);
        let start = prefix.trim_start().to_ascii_lowercase();
        let is_web = ["http://", "https://"].iter().any(|scheme| {
            start.starts_with(scheme) || !is_literal(template) && scheme.starts_with(&start)
        });
        if !is_web {
            findings.push(Rule::UrlInvalid.finding(
                format!("{path}.url"),
                format!("`{template}` is no web address"),
                "Write one that begins with https:// or http://.",
            ));
        }
    });
}

/// A screen that opens sends nobody anywhere: only a person's own action opens a link.
fn links_by_themselves(app: &App, findings: &mut Vec<Diagnostic>) {
    for (index, screen) in app.screens.iter().enumerate() {
        let path = format!("screens[{index}].on_load");
        walk_action_list(&path, &screen.on_load, &mut |path, action| {
            if matches!(action.kind, ActionKind::OpenLink(_)) {
                findings.push(Rule::LinkNeverOpened.finding(
                    path,
                    "a link is opened by what a person does, never because a screen is shown",
                    "Open it by a button's `click`.",
                ));
            }
        });
    }
}
