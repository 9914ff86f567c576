//! A place in an app file, as far as it decides what names a template may use there.

use crate::app::{App, AppVariable, Control};

/// A place in an app file.
pub(super) struct Site<'a> {
    /// The variables there are: in a variable's own value, those before it.
    pub variables: &'a [AppVariable],
    /// Whether controls hold anything: not yet, where variables get their values.
    pub controls: bool,
    /// The control whose own answer is there as `data`.
    pub own: Option<&'a Control>,
    /// A row of a table, or an item of a select's list.
    pub row: bool,
    /// The row's place.
    pub index: bool,
    /// The object of a record.
    pub record: bool,
    /// The answer of a call that worked.
    pub answer: bool,
    /// What a call failed with.
    pub error: bool,
}

impl<'a> Site<'a> {
    /// The place that a JSON path leads to. Paths are read as far as they name places of the format: what an input
    /// is called plays no part.
    pub(super) fn of(app: &'a App, path: &str) -> Self {
        let mut site = Self {
            variables: &app.variables,
            controls: true,
            own: None,
            row: false,
            index: false,
            record: false,
            answer: false,
            error: false,
        };
        if let Some((index, _)) = element(path, "variables") {
            site.controls = false;
            site.variables = app.variables.get(..index).unwrap_or(&app.variables);
        } else if let Some((index, rest)) = element(path, "screens") {
            let screen = app.screens.get(index);
            if let Some((_, rest)) = element(rest, "on_load") {
                site.inside_action(rest);
            } else if let Some((index, rest)) = element(rest, "controls")
                && let Some(control) = screen.and_then(|screen| screen.controls.get(index))
            {
                site.inside_control(control, rest);
            }
        }
        site
    }

    fn inside_control(&mut self, control: &'a Control, path: &str) {
        // What is drawn sees the control's own answer; what is called, done or filled in before does not.
        let is_drawn = !matches!(
            path.split(['.', '[']).next(),
            Some("source" | "on" | "default")
        );
        if control.source.is_some() && is_drawn {
            self.own = Some(control);
        }
        self.index = element(path, "columns").is_some();
        self.row = self.index || matches!(path, "option_value" | "option_label");
        self.record = element(path, "fields").is_some();
        if let Some(path) = path.strip_prefix("on.") {
            self.row = element(path, "row_select").is_some();
            self.index = self.row;
            let action = ["load", "click", "row_select", "change"]
                .iter()
                .find_map(|event| element(path, event));
            if let Some((_, rest)) = action {
                self.inside_action(rest);
            }
        }
    }

    fn inside_action(&mut self, mut path: &str) {
        loop {
            if let Some((_, rest)) = element(path, "then") {
                self.answer = true;
                path = rest;
            } else if let Some((_, rest)) = element(path, "otherwise") {
                self.error = true;
                path = rest;
            } else {
                return;
            }
        }
    }
}

/// The connector whose definition a path leads into, by its index, and the path in it.
pub(super) fn definition_at(path: &str) -> Option<(usize, &str)> {
    let (index, rest) = element(path, "connectors")?;
    Some((index, rest.strip_prefix("definition.")?))
}

/// The index of an element of a named list, and the path inside it.
fn element<'p>(path: &'p str, list: &str) -> Option<(usize, &'p str)> {
    let (index, rest) = path
        .strip_prefix(list)?
        .strip_prefix('[')?
        .split_once(']')?;
    Some((index.parse().ok()?, rest.strip_prefix('.').unwrap_or(rest)))
}
