//! Connectors, steps and apps as plain types.
//!
//! This crate owns the connector file and the app file: their shape, how it is read with the JSON path of each fault, what is
//! valid, what the checker advises, and their JSON Schema. It does no I/O, knows no clock and runs nothing.

mod algorithms;
pub mod app;
mod auth;
mod checker;
mod code;
mod connector;
mod credential_name;
mod defaults;
mod diagnostic;
mod endpoint;
mod fingerprint;
mod form;
mod graphql;
mod nearest;
mod oauth;
mod origin;
mod path;
mod preset;
mod read;
mod refresh;
mod request;
mod rule;
mod scalar;
mod step;
mod tagged;
mod validate;

pub mod template_syntax;

pub use algorithms::{JWT_ALGORITHMS, Oauth1Method};
pub use app::{
    app_names_at, check_app, check_app_alone, control_references, read_app, read_app_shape,
    rename_control, unique_control_id, validate_app, write_app,
};
pub use auth::{
    ApiKey, Auth, AwsSigV4, Bearer, Multistep, OAuth1, Oauth2Grant, RequestParameter, Signing,
};
pub use checker::{
    Name, NameKind, NameTaken, Reference, check, names_at, names_used, references, rename_step,
    step_outputs, unique_step_id,
};
pub use code::ErrorCode;
pub use connector::{ClientCertificate, Connector, ConnectorKind, FORMAT, Network, Test, Variable};
pub use credential_name::is_credential_name;
pub use diagnostic::{Diagnostic, Severity};
pub use endpoint::{Endpoint, Input, InputType};
pub use fingerprint::fingerprint;
pub use form::{FieldType, FormField, FormOption, FormOptions, FormStep};
pub use graphql::{
    GraphqlDocument, GraphqlSchema, GraphqlSyntaxError, GraphqlVariable, NotASchema, introspected,
    introspection_to_sdl, read_graphql_document, read_graphql_schema,
};
pub use oauth::{
    AuthorizationCodeFields, AuthorizationCodeStep, ClientAuth, ClientCredentialsFields,
    ClientCredentialsStep, ClientRegistration, DeviceCodeFields, DeviceCodeStep, JwtBearerFields,
    JwtBearerStep, OauthFields, OauthStep, Pkce, PkceFields, PkceMethod, PkceStep, RedirectKind,
    TokenBody, TokenMethod,
};
pub use origin::{Origin, OriginPattern, literal_origins, origin_part};
pub use preset::AuthPlan;
pub use read::{
    FileError, FileKind, read_connector, read_json, read_shape, read_step, write_connector,
};
pub use refresh::{Refresh, RefreshMode, RefreshTriggers, Update};
pub use request::{
    Body, FieldsBody, GraphqlBody, JsonBody, Parameter, ParameterLocation, Request, TextBody,
};
pub use rule::Rule;
pub use scalar::{Seconds, StatusMatch, Template};
pub use step::{
    ApiRequestStep, BasicAuthStep, OutputDefinition, PollStep, SetVariablesStep, SsoTokenStep,
    Step, StepKind, Success,
};
pub use validate::{STEP_ID_RESERVED, is_identifier, validate};
