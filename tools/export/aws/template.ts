/** A template of CloudFormation. */
export interface StackTemplate {
  AWSTemplateFormatVersion: '2010-09-09';
  Description: string;
  Parameters?: Record<string, StackParameter>;
  Conditions?: Record<string, unknown>;
  Resources: Record<string, StackResource>;
  Outputs?: Record<string, unknown>;
}

export interface StackParameter {
  Type: 'String' | 'Number' | 'CommaDelimitedList';
  Description: string;
  Default?: string | number;
  AllowedPattern?: string;
  MinValue?: number;
}

export interface StackResource {
  Type: string;
  Condition?: string;
  DependsOn?: string[];
  DeletionPolicy?: 'Retain';
  UpdateReplacePolicy?: 'Retain';
  Properties: Record<string, unknown>;
}

/** A template's text; the same template gives the same. */
export function templateText(template: StackTemplate): string {
  return `${JSON.stringify(template, null, 1)}\n`;
}

export function sub(text: string): { 'Fn::Sub': string } {
  return { 'Fn::Sub': text };
}

export function ref(name: string): { Ref: string } {
  return { Ref: name };
}

/** A statement of a policy. */
export function allow(actions: string[], resources: unknown[], condition?: unknown): Record<string, unknown> {
  return {
    Effect: 'Allow',
    Action: actions,
    Resource: resources,
    ...(condition !== undefined && { Condition: condition }),
  };
}

export function policy(statements: unknown[]): Record<string, unknown> {
  return { Version: '2012-10-17', Statement: statements };
}

/** A role of a service of AWS, which takes it for this account alone. */
export function roleOf(service: string, name: string, statements: unknown[]): StackResource {
  return {
    Type: 'AWS::IAM::Role',
    Properties: {
      AssumeRolePolicyDocument: policy([
        {
          Effect: 'Allow',
          Principal: { Service: service },
          Action: 'sts:AssumeRole',
          Condition: { StringEquals: { 'aws:SourceAccount': ref('AWS::AccountId') } },
        },
      ]),
      Policies: [{ PolicyName: name, PolicyDocument: policy(statements) }],
    },
  };
}
