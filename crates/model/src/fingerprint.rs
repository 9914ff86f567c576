//! The fingerprint that cached outputs and secret variables are bound to (SAFETY Z32).

use std::collections::BTreeSet;
use std::fmt::Write as _;

use sha2::{Digest, Sha256};

use crate::connector::{Connector, Variable};
use crate::origin::{address_templates, origin_part};

/// A SHA-256 over the auth block and the set of origins, in lower-case hexadecimal.
///
/// Another file with the same name or id but other steps or other addresses has another fingerprint. Where an
/// origin or the proxy is computed, the plain variables count too, since they decide it. A preset counts as the steps that it is
/// made of: turning it into them changes nothing of what is sent where, so that whoever is signed in stays so.
pub fn fingerprint(connector: &Connector) -> String {
    let origins: BTreeSet<&str> = address_templates(connector)
        .into_iter()
        .filter_map(|address| origin_part(address.as_str()))
        .collect();
    let network = connector.network.as_ref();
    let proxy = network.and_then(|network| network.proxy.as_ref());
    let computed = origins.iter().any(|origin| origin.contains('{'))
        || proxy.is_some_and(|proxy| proxy.as_str().contains('{'));
    let variables: Vec<&Variable> = if computed {
        connector.variables.iter().collect()
    } else {
        Vec::new()
    };
    let bound = serde_json::json!({
        "auth": connector.auth.turned_into_multistep(),
        "origins": origins,
        "allowed_origins": connector.allowed_origins,
        "variables": variables,
        "network": connector.network,
    });
    let digest = Sha256::digest(bound.to_string().as_bytes());
    digest
        .iter()
        .fold(String::with_capacity(64), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        })
}

#[cfg(test)]
mod tests {
    use crate::{
        Auth, Bearer, Connector, ConnectorKind, Endpoint, Network, Request, Variable, fingerprint,
    };

    fn connector() -> Connector {
        let mut connector =
            Connector::new("Acme", ConnectorKind::Rest, "https://api.acme.example/v1");
        connector.auth = Auth::Bearer(Bearer {
            token: "{{ vars.token }}".into(),
        });
        connector
    }

    #[test]
    fn z32_other_origins_or_another_auth_give_another_fingerprint() {
        let acme = connector();
        let mut moved = connector();
        moved.base_url = "https://api.evil.example/v1".into();
        let mut plain = connector();
        plain.base_url = "http://api.acme.example/v1".into();
        let mut other_auth = connector();
        other_auth.auth = Auth::Bearer(Bearer {
            token: "x{{ vars.token }}".into(),
        });
        let mut further = connector();
        further.endpoints.push(Endpoint {
            id: "steal".into(),
            name: String::new(),
            inputs: Vec::new(),
            request: Request::new("GET", "https://evil.example/"),
        });
        for other in [moved, plain, other_auth, further] {
            assert_ne!(fingerprint(&acme), fingerprint(&other));
        }
    }

    #[test]
    fn z32_a_variable_that_decides_the_proxy_counts() {
        let through = |host: &str| {
            let mut connector = connector();
            connector.network = Some(Network {
                proxy: Some("http://{{ vars.proxy_host }}".into()),
                ..Network::default()
            });
            connector.variables = vec![Variable {
                name: "proxy_host".to_owned(),
                value: Some(host.to_owned()),
                secret: false,
                description: None,
            }];
            fingerprint(&connector)
        };
        assert_eq!(through("proxy.acme.example"), through("proxy.acme.example"));
        assert_ne!(through("proxy.acme.example"), through("evil.example"));
    }

    #[test]
    fn a_preset_has_the_fingerprint_of_what_it_is_made_of() {
        let preset = connector();
        let mut turned = connector();
        turned.auth = preset.auth.turned_into_multistep();
        assert_ne!(preset.auth, turned.auth);
        assert_eq!(fingerprint(&preset), fingerprint(&turned));
    }

    #[test]
    fn names_and_paths_on_the_same_origin_keep_the_fingerprint() {
        let acme = connector();
        let mut renamed = connector();
        renamed.name = "Acme CRM".into();
        renamed.base_url = "https://api.acme.example/v2".into();
        assert_eq!(fingerprint(&acme), fingerprint(&renamed));
        assert_eq!(fingerprint(&acme).len(), 64);
    }
}
