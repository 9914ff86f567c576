//! Which names a template may use, by its place in the file.

use crate::auth::{Auth, Multistep};
use crate::connector::Connector;
use crate::step::{Step, StepKind};

/// A place in a connector file, as far as it decides what names there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Site {
    /// The connector's own members.
    Connector,
    /// The base URL, which may come out of the auth flow: it is complete once its steps have run.
    BaseUrl,
    /// A step of the auth flow, by its index.
    AuthStep(usize),
    /// A step of the refresh flow, by its index.
    RefreshStep(usize),
    /// The refresh flow's triggers and updates.
    Refresh,
    /// A request parameter or a signature.
    Parameter,
    /// The test request.
    Test,
    /// Who an account is, once it has signed in.
    AccountName,
    /// An endpoint, by its index.
    Endpoint(usize),
}

impl Site {
    /// The place that a JSON path leads to.
    pub(crate) fn of(path: &str) -> Self {
        if let Some(index) = index_behind(path, "auth.refresh.steps[") {
            Self::RefreshStep(index)
        } else if let Some(index) = index_behind(path, "auth.steps[") {
            Self::AuthStep(index)
        } else if let Some(index) = index_behind(path, "endpoints[") {
            Self::Endpoint(index)
        } else if path.starts_with("auth.refresh") {
            Self::Refresh
        } else if path.starts_with("auth") {
            Self::Parameter
        } else if path.starts_with("test") {
            Self::Test
        } else if path == "base_url" {
            Self::BaseUrl
        } else if path == "account_name" {
            Self::AccountName
        } else {
            Self::Connector
        }
    }
}

fn index_behind(path: &str, prefix: &str) -> Option<usize> {
    path.strip_prefix(prefix)?.split(']').next()?.parse().ok()
}

/// Whether a template there sees the answer at hand by bare names.
pub(crate) fn sees_answer(path: &str) -> bool {
    path.contains(".outputs[")
        || path.ends_with(".success.when")
        || path.ends_with(".until")
        || path == "auth.refresh.on.when"
}

/// What a name stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NameKind {
    /// An output of a step.
    StepOutput,
    /// A variable of the connector.
    Variable,
    /// A fact about the connector.
    Connector,
    /// A fact about the account.
    Account,
    /// An endpoint's input.
    Input,
    /// A part of the answer at hand.
    Answer,
    /// A part of the request at hand.
    Request,
    /// What a control of an app holds.
    Control,
    /// A fact about the app or the screen that is shown.
    App,
}

/// A name that exists at a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// As it is written: `login.body`.
    pub name: String,
    /// What it is.
    pub detail: String,
    /// What kind of thing it is.
    pub kind: NameKind,
}

/// All names that exist at a path of a connector.
pub fn names_at(connector: &Connector, path: &str) -> Vec<Name> {
    let site = Site::of(path);
    let mut names = Names(Vec::new());
    if sees_answer(path) {
        names.answer(connector, site);
    }
    for step in steps_before(connector, site) {
        for (output, detail) in step_outputs(step) {
            names.push(
                format!("{}.{output}", step.id),
                format!("{} · {detail}", step.title()),
                NameKind::StepOutput,
            );
        }
    }
    if let Site::Endpoint(index) = site
        && let Some(endpoint) = connector.endpoints.get(index)
    {
        for input in &endpoint.inputs {
            names.push(
                format!("input.{}", input.name),
                "Input of this endpoint",
                NameKind::Input,
            );
        }
    }
    for variable in &connector.variables {
        let detail = if variable.secret {
            "Secret variable"
        } else {
            "Variable"
        };
        names.push(
            format!("vars.{}", variable.name),
            detail,
            NameKind::Variable,
        );
    }
    if !matches!(site, Site::Connector | Site::BaseUrl) {
        names.push(
            "connector.base_url",
            "The connector's base URL",
            NameKind::Connector,
        );
    }
    names.push(
        "connector.name",
        "The connector's name",
        NameKind::Connector,
    );
    names.push("account.name", "The account's name", NameKind::Account);
    if path.starts_with("auth.request_parameters") {
        for (name, detail) in REQUEST_PARTS {
            names.push(format!("request.{name}"), *detail, NameKind::Request);
        }
    }
    names.0
}

/// The parts of `request`.
pub(crate) const REQUEST_PARTS: &[(&str, &str)] = &[
    ("method", "The request's method"),
    ("url", "The request's whole address"),
    ("path", "The address's path"),
    ("query", "The address's query string"),
    ("body", "The body as it is sent"),
];

struct Names(Vec<Name>);

impl Names {
    fn push(&mut self, name: impl Into<String>, detail: impl Into<String>, kind: NameKind) {
        self.0.push(Name {
            name: name.into(),
            detail: detail.into(),
            kind,
        });
    }

    fn answer(&mut self, connector: &Connector, site: Site) {
        let kind = step_at(connector, site).map(|step| &step.kind);
        let parts: &[&str] = match kind {
            Some(StepKind::ApiRequest(_) | StepKind::Poll(_)) => {
                &["body", "headers", "status", "cookies", "raw"]
            }
            Some(kind) if kind.oauth().is_some() => &["raw"],
            Some(_) => &[],
            None => &["body", "headers", "status", "cookies"],
        };
        for part in parts {
            self.push(*part, "This answer", NameKind::Answer);
        }
    }
}

/// The step at a place, where there is one.
pub(crate) fn step_at(connector: &Connector, site: Site) -> Option<&Step> {
    let multistep = multistep(connector)?;
    match site {
        Site::AuthStep(index) => multistep.steps.get(index),
        Site::RefreshStep(index) => multistep.refresh.as_ref()?.steps.get(index),
        _ => None,
    }
}

fn multistep(connector: &Connector) -> Option<&Multistep> {
    match &connector.auth {
        Auth::Multistep(multistep) => Some(multistep),
        _ => None,
    }
}

/// The steps whose outputs exist at a place: enabled ones that ran before it.
pub(crate) fn steps_before(connector: &Connector, site: Site) -> Vec<&Step> {
    let Some(multistep) = multistep(connector) else {
        return Vec::new();
    };
    let refresh = multistep
        .refresh
        .as_ref()
        .map_or(&[][..], |refresh| refresh.steps.as_slice());
    let (auth_steps, refresh_steps) = match site {
        Site::Connector => (0, 0),
        Site::AuthStep(index) => (index, 0),
        Site::RefreshStep(index) => (usize::MAX, index),
        Site::Refresh => (usize::MAX, usize::MAX),
        Site::BaseUrl | Site::Parameter | Site::Test | Site::AccountName | Site::Endpoint(_) => {
            (usize::MAX, 0)
        }
    };
    let enabled = |step: &&Step| !step.disabled;
    let auth = multistep.steps.iter().take(auth_steps).filter(enabled);
    auth.chain(refresh.iter().take(refresh_steps).filter(enabled))
        .collect()
}

/// The outputs of a step, each with a word about it; a form's are there as soon as the key is.
pub fn step_outputs(step: &Step) -> Vec<(String, String)> {
    let fixed: &[(&str, &str)] = match &step.kind {
        StepKind::Form(form) => {
            let mut outputs: Vec<(String, String)> = form
                .fields
                .iter()
                .filter(|field| !field.key.is_empty())
                .map(|field| (field.key.clone(), field.label.clone()))
                .collect();
            own_outputs(step, &mut outputs);
            return outputs;
        }
        StepKind::ApiRequest(_) | StepKind::Poll(_) => &[
            ("body", "answer's body"),
            ("headers", "answer's headers"),
            ("status", "answer's status"),
            ("cookies", "cookies it set"),
        ],
        StepKind::BasicAuth(_) => &[
            ("username", "username"),
            ("password", "password"),
            ("token", "base64 of username:password"),
            ("header", "value for an Authorization header"),
        ],
        StepKind::SsoToken(_) => &[
            ("access_token", "access token"),
            ("id_token", "ID token"),
            ("token_type", "token type"),
            ("expires_at", "expiry, Unix seconds"),
            ("claims", "claims of the ID token"),
        ],
        StepKind::SetVariables(_) => &[],
        _ => OAUTH_OUTPUTS,
    };
    let mut outputs: Vec<(String, String)> = fixed
        .iter()
        .map(|(name, detail)| ((*name).to_owned(), (*detail).to_owned()))
        .collect();
    own_outputs(step, &mut outputs);
    outputs
}

const OAUTH_OUTPUTS: &[(&str, &str)] = &[
    ("access_token", "access token"),
    ("refresh_token", "refresh token"),
    ("token_type", "token type"),
    ("scope", "granted scope"),
    ("id_token", "ID token"),
    ("expires_in", "lifetime in seconds"),
    ("expires_at", "expiry, Unix seconds"),
    ("raw", "the whole answer"),
    ("callback", "the callback's parameters"),
    ("client_id", "client id"),
    ("client_secret", "client secret"),
    ("authorization_url", "authorization URL"),
    ("token_url", "token URL"),
    ("redirect_uri", "redirect URI"),
    ("scopes", "scopes that were asked for"),
];

fn own_outputs(step: &Step, outputs: &mut Vec<(String, String)>) {
    for output in step.outputs.iter().filter(|output| !output.name.is_empty()) {
        if !outputs.iter().any(|(name, _)| *name == output.name) {
            outputs.push((output.name.clone(), "own output".to_owned()));
        }
    }
}
