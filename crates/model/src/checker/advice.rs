//! Advice: what works but should not be left so. Each kind has a file of its own.

use super::uses::Uses;
use super::{
    addresses, conditions, graphql_advice, oauth_advice, parameter_advice, refresh_advice, secrets,
    signing_advice, unused,
};
use crate::connector::Connector;
use crate::diagnostic::Diagnostic;
use crate::rule::Rule;

pub(super) fn advise(connector: &Connector, findings: &mut Vec<Diagnostic>) {
    let uses = Uses::of(connector);
    unused::advise(connector, &uses, findings);
    refresh_advice::advise(connector, &uses, findings);
    conditions::advise(connector, findings);
    secrets::advise(connector, findings);
    addresses::advise(connector, findings);
    oauth_advice::advise(connector, findings);
    parameter_advice::advise(connector, findings);
    graphql_advice::advise(connector, findings);
    signing_advice::advise(connector, findings);
    let accepts_any = connector
        .network
        .as_ref()
        .is_some_and(|network| network.accept_invalid_certificates);
    if accepts_any {
        findings.push(Rule::NetworkAcceptInvalidCertificates.finding(
            "network.accept_invalid_certificates",
            "certificates are not checked for this connector",
            "Give the server's authority in `network.ca_certificate` instead.",
        ));
    }
}
