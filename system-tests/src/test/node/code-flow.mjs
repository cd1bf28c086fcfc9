// openid-client goes through the code flow with PKCE at a running server.
// Input (standard input): a line of JSON with issuer, clientId, redirectUri, scope, resource, responseMode, way (of "plain", "pushed",
// "signed", "signed and pushed"), and clientKey (private JWK), unless the client is a public one; instead of clientId it has
// initialAccessToken, good for one client, and metadata where the client is to register itself. Then, for each line
// "open ADDRESS" of the output, a line with what the client was sent: the query, or the form that was posted.
// Output: "open ADDRESS", then "token ACCESS_TOKEN" for each token; at the end "done", or "failed WHY".
import { createInterface } from 'node:readline'
import * as jose from 'jose'
import * as oauth from 'openid-client'

const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]()
const input = JSON.parse((await lines.next()).value)

// RFC 9101 and RFC 9126, as the library does them.
const ways = {
  plain: (config, parameters) => oauth.buildAuthorizationUrl(config, parameters),
  pushed: (config, parameters) => oauth.buildAuthorizationUrlWithPAR(config, parameters),
  signed: (config, parameters, key) => oauth.buildAuthorizationUrlWithJAR(config, parameters, key),
  'signed and pushed': async (config, parameters, key) => {
    const { searchParams } = await oauth.buildAuthorizationUrlWithJAR(config, parameters, key)
    return oauth.buildAuthorizationUrlWithPAR(config, searchParams)
  },
}

async function refused(expected, run) {
  try {
    await run()
  } catch (error) {
    if (error.error === expected) return
    throw error
  }
  throw new Error(`accepted, but should be refused with ${expected}`)
}

try {
  const key = input.clientKey && {
    key: await jose.importJWK(input.clientKey, 'ES256'),
    kid: input.clientKey.kid,
  }
  const authentication = key ? oauth.PrivateKeyJwt(key) : oauth.None()
  const options = { algorithm: 'oauth2', execute: [oauth.allowInsecureRequests] }
  const register = () =>
    oauth.dynamicClientRegistration(new URL(input.issuer), input.metadata, authentication, {
      ...options,
      initialAccessToken: input.initialAccessToken,
    })
  const config = input.initialAccessToken
    ? await register()
    : await oauth.discovery(new URL(input.issuer), input.clientId, undefined, authentication, options)
  const verifier = oauth.randomPKCECodeVerifier()
  const state = oauth.randomState()
  const parameters = {
    redirect_uri: input.redirectUri,
    scope: input.scope,
    resource: input.resource,
    response_mode: input.responseMode,
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    state,
  }
  const address = await ways[input.way](config, parameters, key)
  console.log(`open ${address.href}`)
  const response = (await lines.next()).value
  const arrived = () =>
    input.responseMode === 'form_post'
      ? new Request(input.redirectUri, {
          method: 'POST',
          headers: { 'content-type': 'application/x-www-form-urlencoded' },
          body: response,
        })
      : new URL(`${input.redirectUri}?${response}`)
  const exchange = () =>
    oauth.authorizationCodeGrant(config, arrived(), { pkceCodeVerifier: verifier, expectedState: state })
  const tokens = await exchange()
  console.log(`token ${tokens.access_token}`)
  const refreshed = await oauth.refreshTokenGrant(config, tokens.refresh_token, { resource: input.resource })
  console.log(`token ${refreshed.access_token}`)
  if (!key) {
    if (refreshed.refresh_token === undefined) throw new Error('not rotated')
    await refused('invalid_grant', () => oauth.refreshTokenGrant(config, tokens.refresh_token))
  }
  await refused('invalid_grant', exchange)
  console.log('done')
} catch (error) {
  console.log(`failed ${error.code ?? ''} ${error.error ?? ''} ${error.message}`)
}
process.exit(0)
