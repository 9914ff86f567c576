/** What the window knows of signatures: their names, new ones, and what is usually written into their fields. */
import type { AwsSigV4, Signing, SigningType } from "./connector";

export interface Offered {
  value: string;
  /** What it stands for. */
  detail: string;
}

export const SIGNING_NAMES: Record<SigningType, string> = {
  aws_sigv4: "AWS SigV4",
  oauth1: "OAuth 1.0a",
};

export function signingName(signing: Signing | undefined): string {
  return signing ? (SIGNING_NAMES[signing.type] ?? signing.type) : "none";
}

export function newAwsSigV4(): AwsSigV4 {
  return { access_key_id: "", secret_access_key: "", region: "", service: "" };
}

export function newSigning(type: SigningType): Signing {
  if (type === "aws_sigv4") return { type, ...newAwsSigV4() };
  return {
    type,
    consumer_key: "",
    consumer_secret: "",
    token: "",
    token_secret: "",
    signature_method: "HMAC-SHA1",
  };
}

export const AWS_REGIONS: readonly Offered[] = [
  { value: "us-east-1", detail: "N. Virginia" },
  { value: "us-east-2", detail: "Ohio" },
  { value: "us-west-1", detail: "N. California" },
  { value: "us-west-2", detail: "Oregon" },
  { value: "ca-central-1", detail: "Canada" },
  { value: "sa-east-1", detail: "São Paulo" },
  { value: "eu-central-1", detail: "Frankfurt" },
  { value: "eu-central-2", detail: "Zurich" },
  { value: "eu-west-1", detail: "Ireland" },
  { value: "eu-west-2", detail: "London" },
  { value: "eu-west-3", detail: "Paris" },
  { value: "eu-north-1", detail: "Stockholm" },
  { value: "eu-south-1", detail: "Milan" },
  { value: "eu-south-2", detail: "Spain" },
  { value: "af-south-1", detail: "Cape Town" },
  { value: "me-central-1", detail: "UAE" },
  { value: "me-south-1", detail: "Bahrain" },
  { value: "il-central-1", detail: "Tel Aviv" },
  { value: "ap-south-1", detail: "Mumbai" },
  { value: "ap-south-2", detail: "Hyderabad" },
  { value: "ap-southeast-1", detail: "Singapore" },
  { value: "ap-southeast-2", detail: "Sydney" },
  { value: "ap-southeast-3", detail: "Jakarta" },
  { value: "ap-southeast-4", detail: "Melbourne" },
  { value: "ap-northeast-1", detail: "Tokyo" },
  { value: "ap-northeast-2", detail: "Seoul" },
  { value: "ap-northeast-3", detail: "Osaka" },
  { value: "ap-east-1", detail: "Hong Kong" },
];

/** By the name that is signed, which is not always the one in the address. */
export const AWS_SERVICES: readonly Offered[] = [
  { value: "execute-api", detail: "API Gateway" },
  { value: "lambda", detail: "Lambda and function URLs" },
  { value: "s3", detail: "S3" },
  { value: "sts", detail: "Security Token Service" },
  { value: "iam", detail: "IAM" },
  { value: "dynamodb", detail: "DynamoDB" },
  { value: "appsync", detail: "AppSync" },
  { value: "bedrock", detail: "Bedrock" },
  { value: "ec2", detail: "EC2" },
  { value: "es", detail: "OpenSearch Service" },
  { value: "aoss", detail: "OpenSearch Serverless" },
  { value: "events", detail: "EventBridge" },
  { value: "kinesis", detail: "Kinesis" },
  { value: "logs", detail: "CloudWatch Logs" },
  { value: "monitoring", detail: "CloudWatch" },
  { value: "secretsmanager", detail: "Secrets Manager" },
  { value: "ses", detail: "Simple Email Service" },
  { value: "sns", detail: "SNS" },
  { value: "sqs", detail: "SQS" },
  { value: "ssm", detail: "Systems Manager" },
  { value: "states", detail: "Step Functions" },
  { value: "vpc-lattice-svcs", detail: "VPC Lattice" },
];

/** RFC 5849 section 3.4, and the longer hashes that many APIs ask for instead. */
export const OAUTH1_METHODS: readonly Offered[] = [
  { value: "HMAC-SHA1", detail: "What most APIs ask for" },
  { value: "HMAC-SHA256", detail: "The same with a longer hash" },
  { value: "HMAC-SHA512", detail: "And with a longer one still" },
  { value: "RSA-SHA256", detail: "With a private key instead of the secrets" },
  { value: "PLAINTEXT", detail: "The secrets themselves, over https only" },
];

/** Whether the signature is made with a private key, and the secrets are not used. */
export function signsWithKey(method: string): boolean {
  return method.startsWith("RSA-");
}
