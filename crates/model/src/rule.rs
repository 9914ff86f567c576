//! The rules of the checker: one stable code for each, and how bad it is. What each means, with an example and the remedy,
//! is in `docs/checker.md`; a test holds the two together.
//!
//! Not here: what makes a file no valid file, which is `file.invalid` ([`crate::validate`]).

use crate::diagnostic::{Diagnostic, Severity};

/// Makes the enum and the list of all of them from one table.
macro_rules! rules {
    ($($variant:ident $code:literal $severity:ident $about:literal)+) => {
        /// A rule of the checker of connectors or of apps.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Rule {
            $(#[doc = $about] $variant,)+
        }

        impl Rule {
            /// All rules, in the order of the documentation.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The code as it is written: `step.unused`.
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code,)+ }
            }

            /// How bad it is to break it.
            pub const fn severity(self) -> Severity {
                match self { $(Self::$variant => Severity::$severity,)+ }
            }
        }
    };
}

rules! {
    TemplateSyntax "template.syntax" Error "A template cannot be read."
    TemplateUndefined "template.undefined" Error "A template uses a name that does not exist there."
    TemplateLaterVariable "template.later_variable" Error "A template uses an output before it exists."
    ConditionLiteral "condition.literal" Warning "A condition has no expression."
    StepAcceptsRefusal "step.accepts_refusal" Info "An answer that refuses counts as success."
    UrlSingleBraces "url.single_braces" Warning "An address has a name in single braces."
    StepUnused "step.unused" Info "Nothing uses a step's outputs."
    OutputUnused "output.unused" Info "Nothing uses an output."
    VariableUnused "variable.unused" Info "Nothing uses a variable."
    InputUnused "input.unused" Warning "An endpoint does not use its input."
    RefreshUpdatesNothing "refresh.updates_nothing" Warning "A refresh flow has no updates."
    RefreshUpdateNotNew "refresh.update_not_new" Warning "An update's value is none of the refresh flow's."
    RefreshUpdateUnused "refresh.update_unused" Warning "Nothing uses what an update renews."
    RefreshNeedsPerson "refresh.needs_person" Warning "A refresh cannot work without its person."
    RefreshMayNeedPerson "refresh.may_need_person" Info "A refresh needs its person where there is no refresh token."
    RefreshWrongStatus "refresh.wrong_status" Warning "A refresh starts at a status that does not mean so."
    RefreshNeverStarts "refresh.never_starts" Warning "Nothing starts a refresh."
    SecretPlainText "secret.plain_text" Warning "A credential is written out in the file."
    AddressInsecure "address.insecure" Warning "An address is plain http."
    OriginAny "origin.any" Warning "Every host is allowed."
    OriginWide "origin.wide" Warning "Hosts are allowed that anyone can have."
    OriginNotListed "origin.not_listed" Warning "An address's host comes out of an answer or a form, and none is allowed."
    NetworkAcceptInvalidCertificates "network.accept_invalid_certificates" Warning "Certificates are not checked."
    OauthInsecureEndpoint "oauth.insecure_endpoint" Error "An OAuth endpoint is plain http."
    OauthNoPkce "oauth.no_pkce" Warning "PKCE is switched off."
    OauthPkcePlain "oauth.pkce_plain" Warning "The code challenge is the verifier itself."
    OauthNoClientSecret "oauth.no_client_secret" Warning "A client is to show a secret that it does not have."
    OauthParameterIgnored "oauth.parameter_ignored" Warning "A parameter is set that is always Latchwork's own."
    OauthOfflineWithoutConsent "oauth.offline_without_consent" Info "Offline access is asked for without consent."
    AuthIncomplete "auth.incomplete" Warning "A credential of the auth method is empty."
    ParameterOverridesHeader "parameter.overrides_header" Warning "A request parameter takes a header's place."
    ParameterTwice "parameter.twice" Warning "Two request parameters are the same."
    ParameterNoBody "parameter.no_body" Error "A body parameter has no body to go into."
    GraphqlSyntax "graphql.syntax" Error "A GraphQL document cannot be read."
    GraphqlOperation "graphql.operation" Error "A GraphQL document has no operation, or several."
    GraphqlVariableMissing "graphql.variable_missing" Error "A GraphQL variable that is needed is not given."
    GraphqlVariableUndeclared "graphql.variable_undeclared" Error "A GraphQL document uses a variable that it does not declare."
    GraphqlVariableUnknown "graphql.variable_unknown" Warning "A variable is given that the GraphQL document does not declare."
    GraphqlTemplate "graphql.template" Warning "A GraphQL document has a template in it."
    SigningAuthorizationHeader "signing.authorization_header" Warning "A signature's header is written out as well."
    SigningNoSessionToken "signing.no_session_token" Warning "Temporary AWS keys have no session token."
    SigningRegionMismatch "signing.region_mismatch" Warning "A signature is for another region than the address."
    SigningPlaintext "signing.plaintext" Warning "A signature is the secrets themselves."
    ConnectorUnknown "connector.unknown" Error "The library has no such connector."
    EndpointUnknown "endpoint.unknown" Error "The connector has no such endpoint."
    InputMissing "input.missing" Error "A call leaves out an input that the endpoint needs."
    InputUnknown "input.unknown" Error "A call gives an input that the endpoint does not have."
    UrlInvalid "url.invalid" Error "A link's address is not http or https."
    CallWritesByItself "call.writes_by_itself" Warning "A call that changes something is made without anybody asking."
    SourceLoop "source.loop" Warning "A source waits for its own answer."
    ConnectorUnused "connector.unused" Warning "Nothing calls a connector."
    ScreenUnreachable "screen.unreachable" Warning "Nothing leads to a screen."
    LinkNeverOpened "link.never_opened" Warning "A link would be opened without anybody asking."
    ScreenEmpty "screen.empty" Info "A screen has no controls."
    ConnectorNotChecked "connector.not_checked" Info "A connector is not in the file, and there is no library."
}

impl Rule {
    /// What is said where it is broken.
    pub(crate) fn finding(
        self,
        path: impl Into<String>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Diagnostic {
        Diagnostic {
            code: self.code(),
            severity: self.severity(),
            path: path.into(),
            message: message.into(),
            help: help.into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Rule;

    #[test]
    fn codes_are_dotted_and_no_two_rules_share_one() {
        let mut seen = std::collections::HashSet::new();
        for rule in Rule::ALL {
            let code = rule.code();
            assert!(seen.insert(code), "{code} is there twice");
            assert!(code.contains('.') && code.is_ascii(), "{code}");
        }
    }
}
