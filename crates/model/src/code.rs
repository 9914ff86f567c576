//! Error codes: stable and dotted. People, scripts and the UI go by them, never by messages.

use serde::{Serialize, Serializer};

/// Makes the enum, its texts and the list of all of them from one table.
macro_rules! error_codes {
    ($($variant:ident $code:literal $meaning:literal $remedy:literal)+) => {
        /// An error code, as CONTRACT section 4 and `docs/error-codes.md` list them.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum ErrorCode {
            $(#[doc = $meaning] $variant,)+
        }

        impl ErrorCode {
            /// All codes, in the order of the documentation.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The code as it is written: `http.timeout`.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $code,)+ }
            }

            /// What it means.
            pub const fn meaning(self) -> &'static str {
                match self { $(Self::$variant => $meaning,)+ }
            }

            /// What to do.
            pub const fn remedy(self) -> &'static str {
                match self { $(Self::$variant => $remedy,)+ }
            }
        }
    };
}

error_codes! {
    FileInvalid "file.invalid" "The file is not a valid connector file or app file." "Mend the place that the message names; `latchwork check` shows all of them."
    FileNotFound "file.not_found" "There is no such file or connector." "Check the name; `latchwork connectors` lists what is there."
    FileUnreadable "file.unreadable" "The file could not be read or written." "Check that it is there and that you may read and write it."
    FileConflict "file.conflict" "It was changed by someone else since it was opened." "Open it again and make the change once more; your draft is kept."
    FileChanged "file.changed" "The connector's file was changed by another program since it was read or written here." "Look at both, and say which one stays; your draft is kept."
    FileExists "file.exists" "Something with this name is there already." "Choose another name, or remove the other one first."
    EndpointUnknown "endpoint.unknown" "The connector has no such endpoint." "Check the name against the connector's endpoints."
    InputInvalid "input.invalid" "A value given for a call does not fit." "Give a value of the type that the message names."
    TemplateSyntax "template.syntax" "A template cannot be read." "Mend the expression at the line and column that the message names."
    TemplateUndefined "template.undefined" "A template uses a name that does not exist." "Use a name that exists there, or give a default: `{{ x | default('') }}`."
    TemplateLaterVariable "template.later_variable" "A template uses an output of a later step." "Move the step up, or use an earlier step's output."
    TemplateFailed "template.failed" "A template could not be computed." "Check the value that the message names."
    TemplateLimit "template.limit" "A template takes too long or gives too much." "Make it simpler, or work on a smaller value."
    UrlInvalid "url.invalid" "What a template gives is not an address." "Check the address and the values in it."
    HeaderInvalid "header.invalid" "A header has a line break or a character that headers cannot have." "Encode the value, for example with `base64encode`."
    ParameterNoBody "parameter.no_body" "A body parameter has no body to go into." "Give the request a JSON object body or a form body, or put the parameter into the query or a header."
    StepUnknown "step.unknown" "The auth flow has no such step, or it is disabled." "Check the id against the flow's steps."
    StepUnexpectedStatus "step.unexpected_status" "The answer's status does not count as success." "Look at the answer; change the request, or what counts as success."
    StepConditionFailed "step.condition_failed" "The answer does not meet the step's condition." "Look at the answer; change the request or the condition."
    GraphqlErrors "graphql.errors" "The answer to a GraphQL request holds errors." "Look at the errors, and change the query, its variables or who is signed in."
    GraphqlIntrospectionRefused "graphql.introspection_refused" "The API does not show its schema." "Choose the schema's file, if the provider publishes one; queries work without a schema too."
    GraphqlNoSchema "graphql.no_schema" "There is no GraphQL schema in what came." "Check the address, or the file."
    StepTimeout "step.timeout" "A poll was not ready in its time." "Give it more time, or check its condition."
    SigningFailed "signing.failed" "A request or a token could not be signed." "Check the key or the credential at the place that the message names."
    OriginNotAllowed "origin.not_allowed" "A request would go to an origin that the connector does not name." "If you trust it, add it to the connector's allowed origins, or give `--allow-origin`."
    AddressRefused "address.refused" "The name leads to a link-local or cloud metadata address." "Use an address outside these ranges."
    HttpTimeout "http.timeout" "The server did not answer in time." "Try again later, or give the request more time."
    HttpConnect "http.connect" "No connection to the server." "Check the address and that the server is running."
    HttpDns "http.dns" "The server's name was not found." "Check the name and the network."
    HttpTls "http.tls" "No secure connection to the server." "Check the server's certificate, or give its authority under `network`."
    HttpProxy "http.proxy" "The proxy refused or could not be reached." "Check the proxy's address and its credentials."
    HttpTooLarge "http.too_large" "The answer is larger than 10 MiB." "Ask for less, for example a page at a time."
    HttpTooManyRedirects "http.too_many_redirects" "The server redirected more than five times." "Check the address, or switch off following redirects."
    HttpInsecureRedirect "http.insecure_redirect" "A redirect leads from https to http." "Ask the provider for an https address."
    HttpBroken "http.broken" "The answer broke off or is no HTTP." "Try again; if it stays, the server is at fault."
    NetworkInvalid "network.invalid" "A proxy or certificate under `network` cannot be used." "Check the proxy's address and the certificate's PEM text."
    FormRequired "form.required" "A required field has no answer." "Give the field's value."
    FormInvalidEmail "form.invalid_email" "This is not an e-mail address." "Write an address such as ann@example.com."
    FormInvalidNumber "form.invalid_number" "This is not a number." "Write digits, such as 12 or 12.5."
    FormInvalidOption "form.invalid_option" "This is not one of the choices." "Choose one of the options."
    FormDeclined "form.declined" "The form was closed without an answer." "Run it again and fill in the form."
    OauthDenied "oauth.denied" "You or the provider declined the sign-in." "Sign in again and agree."
    OauthStateMismatch "oauth.state_mismatch" "An answer came that belongs to no waiting sign-in." "Start the sign-in again from Latchwork."
    OauthCallbackTimeout "oauth.callback_timeout" "The browser did not come back in time." "Start the sign-in again."
    OauthTokenError "oauth.token_error" "The provider gave no token." "See the provider's words; check client id, secret and redirect address."
    OauthInvalidGrant "oauth.invalid_grant" "The provider no longer accepts the grant." "Sign in again."
    OauthAuthorizationError "oauth.authorization_error" "The provider answered the sign-in with an error." "See the provider's words; check client id, scopes and redirect address."
    OauthCallbackInvalid "oauth.callback_invalid" "An answer came that is no valid callback." "Start the sign-in from Latchwork; paste the whole address that the browser ended at."
    OauthIssuerMismatch "oauth.issuer_mismatch" "An answer came from another issuer than the one asked." "Check the issuer in the step; if it is right, do not go on: the answer may be a forgery."
    OauthRedirects "oauth.redirects" "An OAuth endpoint redirected, which is not followed." "Put the address that it leads to into the step, if you trust it."
    OauthInsecureEndpoint "oauth.insecure_endpoint" "An OAuth endpoint is not https." "Use the provider's https address; http is for this machine alone."
    OauthBrowserAddress "oauth.browser_address" "The authorization URL is nothing that a browser is sent to." "Use an https address; http is for this machine, or for origins in `allowed_origins`."
    OauthRedirectAddress "oauth.redirect_address" "The redirect address cannot be listened at." "Use `http://127.0.0.1:PORT/path` or `http://localhost:PORT/path`, or have it pasted (`redirect`: `paste`)."
    OauthPortBusy "oauth.port_busy" "The redirect address's port is in use." "Close the program that uses it, or register another redirect address."
    OauthEndpointMissing "oauth.endpoint_missing" "An endpoint is not known." "Fill it in, or give an issuer whose discovery document names it."
    OauthDiscoveryFailed "oauth.discovery_failed" "The issuer's endpoints could not be found." "Check the issuer, or fill in the endpoints by hand."
    OauthRegistrationFailed "oauth.registration_failed" "The provider registered no client." "Register a client by hand and fill in its id."
    OauthIdTokenInvalid "oauth.id_token_invalid" "The ID token is not accepted." "Check issuer and client id; if they are right, do not go on: the token may be a forgery."
    OauthDeviceExpired "oauth.device_expired" "The device code was not entered in time." "Start the sign-in again and enter the code."
    OauthInterrupted "oauth.interrupted" "A sign-in was interrupted before its answer came." "Start the sign-in again."
    OauthAlreadyWaiting "oauth.already_waiting" "This sign-in is waiting in the browser already." "Finish it there, or cancel it first."
    OauthDeepLinkLost "oauth.deep_link_lost" "Another program gets Latchwork's links." "Make Latchwork the program for its links in the system's settings, or sign in by the loopback."
    BrowserUnavailable "browser.unavailable" "The system's browser could not be opened." "Copy the address and open it in a browser yourself."
    BundlePassphrase "bundle.passphrase" "The passphrase does not open the bundle." "Check the passphrase with whoever made the bundle."
    BundleInvalid "bundle.invalid" "This is no sealed bundle, or it is damaged." "Ask for the file again; it must arrive unchanged."
    SsoNeedsYou "sso.needs_you" "The single sign-on session can only be renewed by you." "Sign in again under Settings, Account, or with `latchwork sso login`."
    SsoNotSignedIn "sso.not_signed_in" "Nobody is signed in with single sign-on." "Sign in under Settings, Account, or with `latchwork sso login`."
    RefreshFailed "refresh.failed" "The session could not be renewed." "Try again, or sign in again."
    SessionNeedsYou "session.needs_you" "The session can only be renewed by you." "Sign in again."
    SessionOver "session.over" "The API says that the session is over." "Sign in again."
    InputNeeded "input.needed" "An answer was needed and there was nobody to give it." "Give it with `--input STEP.KEY=VALUE`, or run in a terminal."
    SecretMissing "secret.missing" "A secret variable has no value." "Set it in the connector's variables, or give it with `--var`."
    UsageInvalid "usage.invalid" "The command line is not right." "See `latchwork help`."
    VaultUnavailable "vault.unavailable" "There is no place to keep the vault's key." "Unlock or install a keyring, use a passphrase, or go on for this session only."
    VaultLocked "vault.locked" "The vault is locked." "Unlock the keyring, or give the right passphrase."
    VaultRefused "vault.refused" "The keyring refused the key." "Allow Latchwork in the keyring's dialog."
    VaultSlow "vault.slow" "The keyring did not answer." "Look for its dialog; then try again."
    VaultKeyGone "vault.key_gone" "The key for this data is not here." "Bring back the keyring that this data was made with, or sign in again with a new vault."
    VaultKeyWrong "vault.key_wrong" "The key does not fit this data." "Check the passphrase, or bring back the right keyring."
    VaultBroken "vault.broken" "A stored secret cannot be read: its data is broken." "Sign in again for this connector."
    StoreUnavailable "store.unavailable" "The data folder cannot be used." "Check that the folder is there and that you may write to it."
    StoreNewerVersion "store.newer_version" "The data was written by a newer Latchwork." "Update Latchwork; nothing was changed."
    StoreCorrupt "store.corrupt" "The database is broken." "It was moved aside with a dated name; what could be read was kept."
    StoreLocked "store.locked" "The database is in use." "Close the other program, or try again."
    StoreReadOnly "store.read_only" "The data folder is read-only." "Make it writable, or choose another with `--data-dir`."
    StoreDiskFull "store.disk_full" "The disk is full." "Free some space and try again."
    SandboxPort "sandbox.port" "The practice provider could not start." "Close what uses its port, then try again."
    RunCancelled "run.cancelled" "The run was cancelled." "Run it again when you like."
    RunUnknown "run.unknown" "There is no such run." "It may be over; start it again."
    ImportUnrecognised "import.unrecognised" "This is nothing that can be imported." "Paste a step, a request or a cURL command, or choose a connector file."
    ImportInvalid "import.invalid" "A file of another tool cannot be read." "Mend the place that the message names, or export the file again; nothing was imported."
    ImportNotAllowedHere "import.not_allowed_here" "This kind of step cannot go there." "A refresh flow takes API requests; put other steps into the auth flow."
    Internal "internal" "Something went wrong inside Latchwork." "Try again; if it stays, report it with what you did."
}

impl ErrorCode {
    /// The code that is written so.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.as_str() == text)
    }
}

impl std::fmt::Display for ErrorCode {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(self.as_str())
    }
}

impl Serialize for ErrorCode {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::ErrorCode;

    #[test]
    fn every_code_is_dotted_unique_and_says_what_to_do() {
        let mut seen = std::collections::HashSet::new();
        for code in ErrorCode::ALL {
            assert!(seen.insert(code.as_str()), "{code} is there twice");
            assert!(
                code.meaning().ends_with('.') && code.remedy().ends_with('.'),
                "{code}"
            );
            assert_eq!(ErrorCode::parse(code.as_str()), Some(*code));
        }
    }
}
