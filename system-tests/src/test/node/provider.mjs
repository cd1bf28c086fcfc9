// oidc-provider, an independent authorization server, that issues JWT access tokens to the clients it is given, and asks
// whoever comes to its pages for any name and password.
// Authorization requests may be signed, encrypted and pushed. Who has the token "initial" registers clients.
// Input (standard input, JSON): issuer, port, resource, algorithm, clients (their metadata), demanding (whether requests
// have to be signed and pushed).
// Output: the line "ready" once it listens; it ends with its standard input.
import { Provider } from 'oidc-provider'
import { createInterface } from 'node:readline'
import * as jose from 'jose'

const lines = createInterface({ input: process.stdin })
const input = JSON.parse((await lines[Symbol.asyncIterator]().next()).value)
const { privateKey } = await jose.generateKeyPair(input.algorithm, { extractable: true })
const key = { ...(await jose.exportJWK(privateKey)), alg: input.algorithm, use: 'sig' }
const encryptionKeys = await Promise.all(
  ['ECDH-ES', 'RSA-OAEP-256'].map(async (algorithm) => {
    const pair = await jose.generateKeyPair(algorithm, { extractable: true })
    return { ...(await jose.exportJWK(pair.privateKey)), use: 'enc' }
  }),
)

const provider = new Provider(input.issuer, {
  jwks: { keys: [key, ...encryptionKeys] },
  clients: input.clients.map((client) => ({
    grant_types: ['client_credentials'],
    redirect_uris: [],
    response_types: [],
    id_token_signed_response_alg: input.algorithm,
    ...client,
  })),
  clientAuthMethods: ['client_secret_basic', 'client_secret_jwt', 'private_key_jwt', 'none'],
  enabledJWA: { idTokenSigningAlgValues: [input.algorithm] },
  issueRefreshToken: (context, client) => client.grantTypeAllowed('refresh_token'),
  features: {
    devInteractions: { enabled: true },
    clientCredentials: { enabled: true },
    encryption: { enabled: true },
    registration: { enabled: true, initialAccessToken: 'initial' },
    registrationManagement: { enabled: true, rotateRegistrationAccessToken: true },
    requestObjects: { enabled: true, requireSignedRequestObject: input.demanding },
    pushedAuthorizationRequests: { enabled: true, requirePushedAuthorizationRequests: input.demanding },
    resourceIndicators: {
      enabled: true,
      getResourceServerInfo: (context, resource) => ({
        scope: 'orders.read',
        audience: resource,
        accessTokenFormat: 'jwt',
        jwt: { sign: { alg: input.algorithm } },
      }),
    },
  },
})
const server = provider.listen(input.port, '127.0.0.1', () => console.log('ready'))
lines.on('close', () => server.close(() => process.exit(0)))
