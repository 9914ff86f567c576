//! How a collection signs in, by the types of auth that Postman has.

use latchwork_model::{
    ApiKey, Auth, AwsSigV4, BasicAuthStep, Bearer, Multistep, OAuth1, Oauth1Method,
    ParameterLocation, Signing, Template,
};

use super::attributes::Attributes;
use super::node::Node;
use super::oauth;
use super::scope::Scope;
use crate::foreign::ForeignError;
use crate::note::NoteKind;

/// The type of an auth.
pub(super) fn kind(auth: &Node<'_>) -> Result<String, ForeignError> {
    if !auth.value.is_object() {
        return Err(auth.expected("an object"));
    }
    match auth.text("type")? {
        Some(kind) => Ok(kind.to_ascii_lowercase()),
        None => Err(auth.fault_at(
            "type",
            "missing member `type`",
            "Export the collection again from Postman, as Collection v2.1.",
        )),
    }
}

/// The signature method of OAuth 1.0a; Postman's own default where it is one that is not made here.
fn signature_method(
    attributes: &Attributes<'_>,
    scope: &mut Scope,
) -> Result<String, ForeignError> {
    let default = Oauth1Method::HmacSha1.as_str().to_owned();
    let Some(name) = attributes.text("signatureMethod")? else {
        return Ok(default);
    };
    if Oauth1Method::named(&name).is_some() {
        return Ok(name);
    }
    scope.notes.add(
        NoteKind::Changed,
        format!("The OAuth 1.0a signature method is not made here: {default} stands in its place."),
    );
    Ok(default)
}

/// An auth as the connector's.
pub(super) fn read(auth: &Node<'_>, scope: &mut Scope) -> Result<Auth, ForeignError> {
    let kind = kind(auth)?;
    let attributes = Attributes::read(auth, &kind)?;
    Ok(match kind.as_str() {
        "noauth" => Auth::None,
        "apikey" => Auth::ApiKey(ApiKey {
            name: attributes
                .template("key", scope)?
                .unwrap_or_else(|| "X-API-Key".into()),
            value: attributes.needed("value", "api_key", scope)?,
            location: match attributes.text("in")?.as_deref() {
                Some("query") => ParameterLocation::Query,
                _ => ParameterLocation::Header,
            },
        }),
        "bearer" => Auth::Bearer(Bearer {
            token: attributes.needed("token", "token", scope)?,
        }),
        "basic" => Auth::Basic(BasicAuthStep {
            username: attributes.template("username", scope)?,
            // One that is empty is sent so; one that is not there is asked for.
            password: match attributes.template("password", scope)? {
                None if attributes.node("password").is_some() => Some(Template::default()),
                password => password,
            },
        }),
        "oauth2" => oauth::read(&attributes, scope)?,
        "oauth1" => Auth::Multistep(Multistep {
            signing: Some(Signing::Oauth1(OAuth1 {
                consumer_key: attributes.needed("consumerKey", "consumer_key", scope)?,
                consumer_secret: attributes.needed("consumerSecret", "consumer_secret", scope)?,
                token: attributes.needed("token", "access_token", scope)?,
                token_secret: attributes.needed("tokenSecret", "token_secret", scope)?,
                signature_method: signature_method(&attributes, scope)?,
                realm: attributes.template("realm", scope)?,
            })),
            ..Multistep::default()
        }),
        "awsv4" => Auth::AwsSigv4(AwsSigV4 {
            access_key_id: attributes.needed("accessKey", "access_key_id", scope)?,
            secret_access_key: attributes.needed("secretKey", "secret_access_key", scope)?,
            session_token: attributes.template("sessionToken", scope)?,
            region: attributes
                .template("region", scope)?
                .unwrap_or_else(|| "us-east-1".into()),
            service: attributes
                .template("service", scope)?
                .unwrap_or_else(|| "execute-api".into()),
        }),
        other => {
            let label = match other {
                "digest" => "Digest auth",
                "ntlm" => "NTLM",
                "hawk" => "Hawk",
                "edgegrid" => "Akamai EdgeGrid",
                "asap" => "Atlassian ASAP",
                "jwt" => "A JWT bearer that Postman makes itself",
                _ => {
                    let shown: String = other.chars().take(40).collect();
                    return Err(auth.fault_at(
                        "type",
                        format!("`{shown}` is no type of auth that is known"),
                        "Set the collection's auth to another type in Postman, or to no auth, and export it again.",
                    ));
                }
            };
            scope.notes.add(
                NoteKind::LeftOut,
                format!("{label} is not taken over: design the sign-in as steps in the connector."),
            );
            Auth::Multistep(Multistep::default())
        }
    })
}
