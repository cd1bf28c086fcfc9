// openid-client and oauth4webapi as the clients, jose and oauth4webapi as the validators, against a running server.
// Input (standard input, JSON): issuer, resource, clientId, clientKey (private JWK), secretClientId, secret,
// trustedIssuer, trustedKey (private JWK), subject.
// Output: one line a check, "ok <name>" or "failed <name>: <why>"; the exit status is 0 only if all are ok.
import { randomUUID } from 'node:crypto'
import { text } from 'node:stream/consumers'
import * as jose from 'jose'
import * as oauth4webapi from 'oauth4webapi'
import * as oauth from 'openid-client'

const input = JSON.parse(await text(process.stdin))
const JWT_BEARER = 'urn:ietf:params:oauth:grant-type:jwt-bearer'
let failed = false

async function check(name, run) {
  try {
    await run()
    console.log(`ok ${name}`)
  } catch (error) {
    failed = true
    console.log(`failed ${name}: ${error.code ?? ''} ${error.error ?? ''} ${error.message}`)
  }
}

async function refused(expected, run) {
  try {
    await run()
  } catch (error) {
    if (error.error === expected || error.code === expected) return
    throw new Error(`refused, but with ${error.error ?? error.code ?? error.message} instead of ${expected}`)
  }
  throw new Error(`accepted, but should be refused with ${expected}`)
}

const discover = (clientId, authentication) =>
  oauth.discovery(new URL(input.issuer), clientId, undefined, authentication, {
    algorithm: 'oauth2',
    execute: [oauth.allowInsecureRequests],
  })

const clientKey = await jose.importJWK(input.clientKey, 'ES256')
const keyConfig = await discover(input.clientId, oauth.PrivateKeyJwt({ key: clientKey, kid: input.clientKey.kid }))
const secretConfig = await discover(input.secretClientId, oauth.ClientSecretJwt(input.secret))
const keySet = jose.createRemoteJWKSet(new URL(keyConfig.serverMetadata().jwks_uri))
const rules = {
  issuer: input.issuer,
  audience: input.resource,
  typ: 'at+jwt',
  requiredClaims: ['iss', 'exp', 'aud', 'sub', 'client_id', 'iat', 'jti'],
}

async function assertion(changes = {}) {
  const key = await jose.importJWK(input.trustedKey, 'RS256')
  const now = Math.floor(Date.now() / 1000)
  const claims = {
    iss: input.trustedIssuer,
    sub: input.subject,
    aud: input.issuer,
    iat: now,
    exp: now + 120,
    jti: randomUUID(),
    ...changes,
  }
  return new jose.SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: input.trustedKey.kid }).sign(key)
}

let token
await check('private_key_jwt gets a token', async () => {
  const response = await oauth.clientCredentialsGrant(keyConfig, { resource: input.resource })
  token = response.access_token
})
await check('client_secret_jwt gets a token', () => oauth.clientCredentialsGrant(secretConfig))
await check('a key nobody registered is refused', async () => {
  const { privateKey } = await jose.generateKeyPair('ES256')
  const config = await discover(input.clientId, oauth.PrivateKeyJwt(privateKey))
  await refused('invalid_client', () => oauth.clientCredentialsGrant(config))
})
await check('an unknown resource is refused', () =>
  refused('invalid_target', () =>
    oauth.clientCredentialsGrant(keyConfig, { resource: 'https://other.example.com/' }),
  ),
)
await check('a trusted JWT is exchanged, once', async () => {
  const jwt = await assertion()
  await oauth.genericGrantRequest(keyConfig, JWT_BEARER, { assertion: jwt })
  await refused('invalid_grant', () => oauth.genericGrantRequest(keyConfig, JWT_BEARER, { assertion: jwt }))
})
await check('an expired JWT is refused', async () => {
  const jwt = await assertion({ iat: 1700000000, exp: 1700000060 })
  await refused('invalid_grant', () => oauth.genericGrantRequest(keyConfig, JWT_BEARER, { assertion: jwt }))
})
await check('jose accepts our access token', async () => {
  const { payload } = await jose.jwtVerify(token, keySet, rules)
  if (payload.client_id !== input.clientId || payload.sub !== input.clientId) throw new Error('another subject')
})
await check('jose refuses our access token with a changed payload', async () => {
  const [header, payload, signature] = token.split('.')
  const claims = JSON.parse(Buffer.from(payload, 'base64url'))
  const changed = Buffer.from(JSON.stringify({ ...claims, scope: 'orders.write' })).toString('base64url')
  await refused('ERR_JWS_SIGNATURE_VERIFICATION_FAILED', () =>
    jose.jwtVerify(`${header}.${changed}.${signature}`, keySet, rules),
  )
})
await check('jose refuses our access token at another resource', () =>
  refused('ERR_JWT_CLAIM_VALIDATION_FAILED', () =>
    jose.jwtVerify(token, keySet, { ...rules, audience: 'https://other.example.com/' }),
  ),
)
const validated = (accessToken, resource) =>
  oauth4webapi.validateJwtAccessToken(
    keyConfig.serverMetadata(),
    new Request(resource, { headers: { authorization: `Bearer ${accessToken}` } }),
    resource,
    { [oauth4webapi.allowInsecureRequests]: true },
  )
await check('oauth4webapi accepts our access token', async () => {
  const claims = await validated(token, input.resource)
  if (claims.client_id !== input.clientId || claims.sub !== input.clientId) throw new Error('another subject')
})
await check('oauth4webapi refuses our access token with a changed payload', async () => {
  const [header, payload, signature] = token.split('.')
  const claims = JSON.parse(Buffer.from(payload, 'base64url'))
  const changed = Buffer.from(JSON.stringify({ ...claims, scope: 'orders.write' })).toString('base64url')
  await refused('OAUTH_INVALID_RESPONSE', () => validated(`${header}.${changed}.${signature}`, input.resource))
})
await check('oauth4webapi refuses our access token at another resource', () =>
  refused('OAUTH_JWT_CLAIM_COMPARISON_FAILED', () => validated(token, 'https://other.example.com/')),
)

// Each client library, with each of the two methods, at each endpoint where clients authenticate.
const authentications = {
  'openid-client': {
    private_key_jwt: keyConfig,
    client_secret_jwt: secretConfig,
  },
  oauth4webapi: {
    private_key_jwt: [
      { client_id: input.clientId },
      oauth4webapi.PrivateKeyJwt({ key: clientKey, kid: input.clientKey.kid }),
    ],
    client_secret_jwt: [{ client_id: input.secretClientId }, oauth4webapi.ClientSecretJwt(input.secret)],
  },
}
const insecure = { [oauth4webapi.allowInsecureRequests]: true }
const discovered = new URL(input.issuer)
const server = await oauth4webapi
  .discoveryRequest(discovered, { algorithm: 'oauth2', ...insecure })
  .then((response) => oauth4webapi.processDiscoveryResponse(discovered, response))
const libraries = {
  'openid-client': (config) => ({
    credentials: () => oauth.clientCredentialsGrant(config),
    exchange: (jwt) => oauth.genericGrantRequest(config, JWT_BEARER, { assertion: jwt }),
    introspect: (value) => oauth.tokenIntrospection(config, value),
    revoke: (value) => oauth.tokenRevocation(config, value),
  }),
  oauth4webapi: ([client, authentication]) => ({
    credentials: async () =>
      oauth4webapi.processClientCredentialsResponse(
        server,
        client,
        await oauth4webapi.clientCredentialsGrantRequest(server, client, authentication, {}, insecure),
      ),
    exchange: async (jwt) =>
      oauth4webapi.processGenericTokenEndpointResponse(
        server,
        client,
        await oauth4webapi.genericTokenEndpointRequest(
          server,
          client,
          authentication,
          JWT_BEARER,
          { assertion: jwt },
          insecure,
        ),
      ),
    introspect: async (value) =>
      oauth4webapi.processIntrospectionResponse(
        server,
        client,
        await oauth4webapi.introspectionRequest(server, client, authentication, value, insecure),
      ),
    revoke: async (value) =>
      oauth4webapi.processRevocationResponse(
        await oauth4webapi.revocationRequest(server, client, authentication, value, insecure),
      ),
  }),
}
for (const [library, methods] of Object.entries(authentications)) {
  for (const [method, authentication] of Object.entries(methods)) {
    const client = libraries[library](authentication)
    await check(`${library} with ${method} gets, asks about and revokes a token`, async () => {
      const { access_token: own } = await client.credentials()
      if (!(await client.introspect(own)).active) throw new Error('inactive')
      await client.revoke(own)
      if ((await client.introspect(own)).active) throw new Error('active after it was revoked')
    })
    await check(`${library} with ${method} exchanges a trusted JWT, once`, async () => {
      const jwt = await assertion()
      const { access_token: exchanged } = await client.exchange(jwt)
      if ((await client.introspect(exchanged)).sub !== input.subject) throw new Error('another subject')
      await refused('invalid_grant', () => client.exchange(jwt))
    })
  }
}
process.exit(failed ? 1 : 0)
