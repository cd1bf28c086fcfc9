// oauth4webapi registers clients at a running server.
// Input (standard input): a line of JSON with issuer, and attempts: a list of {metadata, initialAccessToken or nothing}.
// Output: for each attempt "registered METADATA", "refused STATUS ERROR" or "challenged STATUS ERROR" for what is in the
// WWW-Authenticate header ("none" for no error); at the end "done", or "failed WHY".
import { createInterface } from 'node:readline'
import * as oauth from 'oauth4webapi'

const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]()
const input = JSON.parse((await lines.next()).value)
const insecure = { [oauth.allowInsecureRequests]: true }

async function attempt(server, { metadata, initialAccessToken }) {
  try {
    const response = await oauth.dynamicClientRegistrationRequest(server, metadata, { ...insecure, initialAccessToken })
    return `registered ${JSON.stringify(await oauth.processDynamicClientRegistrationResponse(response))}`
  } catch (error) {
    if (error instanceof oauth.ResponseBodyError) return `refused ${error.status} ${error.error}`
    if (error instanceof oauth.WWWAuthenticateChallengeError) {
      return `challenged ${error.status} ${error.cause[0].parameters.error ?? 'none'}`
    }
    throw error
  }
}

try {
  const issuer = new URL(input.issuer)
  const response = await oauth.discoveryRequest(issuer, { ...insecure, algorithm: 'oauth2' })
  const server = await oauth.processDiscoveryResponse(issuer, response)
  for (const each of input.attempts) console.log(await attempt(server, each))
  console.log('done')
} catch (error) {
  console.log(`failed ${error.code ?? ''} ${error.message}`)
}
process.exit(0)
