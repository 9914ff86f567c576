//! The command line as CONTRACT section 3 fixes it.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

/// Design, test and use how API connectors sign in, without a window.
#[derive(Debug, Parser)]
#[command(
    name = "latchwork",
    version,
    about,
    disable_help_subcommand = false,
    max_term_width = 100
)]
pub(crate) struct Cli {
    #[command(flatten)]
    pub global: Global,
    #[command(subcommand)]
    pub command: Command,
}

/// What every command takes.
#[derive(Clone, Debug, Args)]
pub(crate) struct Global {
    /// Where connectors and cached sign-ins are kept; the studio's own folder where left out
    #[arg(long, global = true, env = "LATCHWORK_DATA_DIR", value_name = "DIR")]
    pub data_dir: Option<PathBuf>,
    /// A file whose first line is the vault's passphrase; the keyring is not asked then
    #[arg(long, global = true, value_name = "FILE")]
    pub passphrase_file: Option<PathBuf>,
    /// Print results as JSON
    #[arg(long, global = true)]
    pub json: bool,
    /// Print results and errors only
    #[arg(long, short, global = true, conflicts_with = "verbose")]
    pub quiet: bool,
    /// Print more of what happens
    #[arg(long, short, global = true, action = clap::ArgAction::Count)]
    pub verbose: u8,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Validate connector and app files and run the checker
    Check {
        /// Connector files and app files
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
    },
    /// Test auth steps, then the test request; reads no cache and stores nothing but the masked run history
    Test {
        /// A connector file, or the name of a connector in the library
        #[arg(value_name = "FILE|NAME")]
        connector: String,
        /// Show secrets
        #[arg(long)]
        reveal: bool,
        /// Stop after this step, and send no test request
        #[arg(long, value_name = "STEP")]
        until: Option<String>,
        #[command(flatten)]
        run: RunArgs,
    },
    /// Make an authenticated call
    Call(CallArgs),
    /// Ask a GraphQL API for its schema
    Introspect(IntrospectArgs),
    /// Run the auth flow and cache its outputs
    Login {
        /// A connector file, or the name of a connector in the library
        #[arg(value_name = "FILE|NAME")]
        connector: String,
        /// Sign in for everyone: only the steps with shared credentials, and what comes before them
        #[arg(long)]
        shared: bool,
        #[command(flatten)]
        run: RunArgs,
    },
    /// Clear the cached auth, and revoke its tokens at the provider where that is possible
    Logout {
        /// A connector file, or the name of a connector in the library
        #[arg(value_name = "FILE|NAME")]
        connector: String,
        /// Clear everyone's shared sign-in
        #[arg(long, conflicts_with_all = ["all", "account"])]
        shared: bool,
        /// Clear every account's, and the shared sign-in
        #[arg(long, conflicts_with = "account")]
        all: bool,
        /// The account to sign out; the one in use where left out
        #[arg(long, value_name = "NAME")]
        account: Option<String>,
    },
    /// Renew the cached session now
    Refresh {
        /// A connector file, or the name of a connector in the library
        #[arg(value_name = "FILE|NAME")]
        connector: String,
        #[command(flatten)]
        run: RunArgs,
    },
    /// List who is signed in
    Accounts {
        /// A connector file, or the name of a connector in the library
        #[arg(value_name = "FILE|NAME")]
        connector: Option<String>,
    },
    /// Single sign-on: one sign-in for every SSO token step
    Sso {
        #[command(subcommand)]
        command: SsoCommand,
    },
    /// Take a shared sign-in to another machine, in a file sealed with a passphrase
    Bundle {
        #[command(subcommand)]
        command: BundleCommand,
    },
    /// List ready-made connectors, show what one needs, add it to the library
    #[command(args_conflicts_with_subcommands = true)]
    Catalogue {
        #[command(subcommand)]
        command: Option<CatalogueCommand>,
        /// What to search for: a service, a category, a way to sign in
        #[arg(value_name = "SEARCH")]
        search: Vec<String>,
    },
    /// List the connectors in the library
    Connectors,
    /// List the apps in the library
    Apps,
    /// Add a connector or an app to the library
    Import {
        /// The file; `-` reads standard input
        #[arg(value_name = "FILE")]
        file: PathBuf,
        /// What it is; found out by its content where left out
        #[arg(long, value_name = "KIND")]
        from: Option<ImportKind>,
        /// A Postman environment, whose values a collection's variables take
        #[arg(long, value_name = "FILE")]
        environment: Option<PathBuf>,
        /// Say what would be imported, and import nothing
        #[arg(long)]
        dry_run: bool,
        /// Keep the connector in its file: what the studio saves goes there, and what changes there is followed
        #[arg(long, conflicts_with_all = ["from", "environment", "dry_run"])]
        link: bool,
    },
    /// Print a connector or an app of the library as a file
    Export {
        /// Its name
        name: String,
        /// As what
        #[arg(long, value_name = "KIND", default_value = "connector")]
        to: ExportKind,
    },
    /// Take a connector out of the library, with its cached auth
    Remove {
        /// The connector's name
        name: String,
    },
    /// Print a file format's JSON Schema
    Schema {
        /// Which format
        kind: SchemaKind,
    },
    /// Serve the practice provider on this machine until stopped
    Sandbox {
        /// The port; 4910 where it is free
        #[arg(long)]
        port: Option<u16>,
        /// Also write the sample connectors into this folder
        #[arg(long, value_name = "DIR")]
        samples: Option<PathBuf>,
    },
}

/// What is done with an entry of the catalogue.
#[derive(Clone, Debug, Subcommand)]
pub(crate) enum CatalogueCommand {
    /// Show what to register where, and what is peculiar about it
    Show {
        /// The entry, as the list names it
        id: String,
    },
    /// Add the connector to the library
    Add {
        /// The entry, as the list names it
        id: String,
    },
}

/// What `test`, `call`, `login` and `refresh` take.
#[derive(Clone, Debug, Args)]
pub(crate) struct RunArgs {
    /// An answer to a form: STEP.KEY=VALUE
    #[arg(long = "input", value_name = "STEP.KEY=VALUE")]
    pub inputs: Vec<String>,
    /// Answers to forms as JSON, by step
    #[arg(long, value_name = "FILE")]
    pub input_file: Option<PathBuf>,
    /// A variable: NAME=VALUE; in the environment, its name behind `LATCHWORK_VAR`_
    #[arg(long = "var", value_name = "NAME=VALUE")]
    pub variables: Vec<String>,
    /// Variables as JSON
    #[arg(long, value_name = "FILE")]
    pub var_file: Option<PathBuf>,
    /// The account; the one in use where left out, which is `default` until the studio's person chose another
    #[arg(long, value_name = "NAME")]
    pub account: Option<String>,
    #[command(flatten)]
    pub browser: BrowserArgs,
    /// An origin that may come out of an answer or a form
    #[arg(long = "allow-origin", value_name = "ORIGIN")]
    pub allow_origins: Vec<String>,
}

/// What goes for each command that may need a browser.
#[derive(Clone, Debug, Args)]
pub(crate) struct BrowserArgs {
    /// How a browser comes back, whatever the file says
    #[arg(long, value_name = "KIND")]
    pub redirect: Option<RedirectArg>,
    /// Open no browser: the address stands alone on a line of standard error; `test --json` and `login --json` have
    /// it in their `browser_requested` event
    #[arg(long)]
    pub no_browser: bool,
    /// Seconds for each request, and for each wait for a browser
    #[arg(long, value_name = "S")]
    pub timeout: Option<f64>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum SsoCommand {
    /// Sign in with an OpenID Connect provider
    Login(SsoLoginArgs),
    /// Show who is signed in
    Status,
    /// Sign out, and revoke the session's tokens at the provider where that is possible
    Logout,
}

/// What `sso login` takes.
#[derive(Debug, Args)]
pub(crate) struct SsoLoginArgs {
    /// The provider
    #[arg(long, value_name = "URL")]
    pub issuer: String,
    /// The client that is registered there
    #[arg(long, value_name = "ID")]
    pub client_id: String,
    /// A file whose first line is the client's secret, where it has one; or set `LATCHWORK_SSO_CLIENT_SECRET`
    #[arg(long, value_name = "FILE")]
    pub client_secret_file: Option<PathBuf>,
    /// What is asked for; where left out: openid profile email `offline_access`
    #[arg(long = "scope", value_name = "SCOPE")]
    pub scopes: Vec<String>,
    #[command(flatten)]
    pub browser: BrowserArgs,
}

#[derive(Debug, Subcommand)]
pub(crate) enum BundleCommand {
    /// Seal a connector's shared sign-in into a file
    Seal {
        /// A connector file, or the name of a connector in the library
        #[arg(value_name = "FILE|NAME")]
        connector: String,
        /// The file to write
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
        #[command(flatten)]
        passphrase: BundlePassphrase,
    },
    /// Keep the shared sign-in of a sealed file on this machine
    Open {
        /// The sealed file
        #[arg(value_name = "FILE")]
        file: PathBuf,
        #[command(flatten)]
        passphrase: BundlePassphrase,
    },
}

/// What seals a bundle; it is not the vault's.
#[derive(Debug, Args)]
pub(crate) struct BundlePassphrase {
    /// A file whose first line is the bundle's passphrase; or set `LATCHWORK_BUNDLE_PASSPHRASE`. Asked for at a
    /// terminal where left out
    #[arg(long, value_name = "FILE")]
    pub bundle_passphrase_file: Option<PathBuf>,
}

/// What `call` takes.
#[derive(Debug, Args)]
pub(crate) struct CallArgs {
    /// A connector file, or the name of a connector in the library
    #[arg(value_name = "FILE|NAME")]
    pub connector: String,
    /// An endpoint's id, or a method and a path: 'GET /me'
    #[arg(value_name = "ENDPOINT|'METHOD PATH'")]
    pub target: String,
    /// An input of the endpoint
    #[arg(long = "param", value_name = "N=V")]
    pub params: Vec<String>,
    /// A further query parameter
    #[arg(long = "query", value_name = "N=V")]
    pub query: Vec<String>,
    /// A further header
    #[arg(long = "header", value_name = "N=V")]
    pub headers: Vec<String>,
    /// The body, or @FILE
    #[arg(long, value_name = "BODY|@FILE")]
    pub data: Option<String>,
    /// Print status and headers before the body
    #[arg(long)]
    pub include: bool,
    #[command(flatten)]
    pub run: RunArgs,
}

/// What `introspect` takes.
#[derive(Debug, Args)]
pub(crate) struct IntrospectArgs {
    /// A connector file, or the name of a connector in the library
    #[arg(value_name = "FILE|NAME")]
    pub connector: String,
    /// Where its queries go; where left out, where the first endpoint with a GraphQL body goes, else the base URL
    #[arg(long, value_name = "URL")]
    pub url: Option<String>,
    /// How the schema is written
    #[arg(long, value_name = "FORMAT", default_value = "json")]
    pub format: SchemaFormat,
    /// The file to write; standard output where left out
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    #[command(flatten)]
    pub run: RunArgs,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum SchemaFormat {
    /// What the introspection answered: `{ "data": { "__schema": … } }`
    Json,
    /// Type definitions
    Sdl,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
#[value(rename_all = "snake_case")]
pub(crate) enum RedirectArg {
    /// To a listener on this machine; at a terminal, the address that it ends at may be pasted too
    Loopback,
    /// To the studio; here, the address that it ends at is read from standard input
    DeepLink,
    /// Not at all: the address that it ends at is read from standard input
    Paste,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ImportKind {
    Connector,
    App,
    /// One or more cURL commands: each becomes an endpoint
    Curl,
    /// An `OpenAPI` document 3.0 or 3.1, JSON or YAML
    #[value(name = "openapi")]
    OpenApi,
    /// A Postman collection v2.1
    Postman,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ExportKind {
    Connector,
    /// An app, with its connectors in it: the file works without a library
    App,
    /// A shell script with a cURL command for each endpoint, secrets as variables of the shell
    Curl,
    /// An `OpenAPI` document 3.1
    #[value(name = "openapi")]
    OpenApi,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum SchemaKind {
    Connector,
    App,
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    #[test]
    fn every_command_can_be_read() {
        super::Cli::command().debug_assert();
    }
}
