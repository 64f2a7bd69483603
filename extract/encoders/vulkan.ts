// Whether a Vulkan driver is installed, which WebGPU computes with on Linux: asked before the runtime is, which would complain on stderr on most servers.
import { existsSync, readdirSync } from 'node:fs'
import { homedir } from 'node:os'
import { delimiter, join } from 'node:path'

/** Variables of a process. */
export type Environment = Readonly<Record<string, string | undefined>>

/** Why there can be no WebGPU here; undefined where there may be. Drivers are found as the Vulkan loader finds them (Khronos, Vulkan-Loader, LoaderDriverInterface). */
export function lacksVulkan(env: Environment, platform: string = process.platform): string | undefined {
  if (platform !== 'linux') return undefined
  const named = ['VK_DRIVER_FILES', 'VK_ICD_FILENAMES', 'VK_ADD_DRIVER_FILES'].flatMap((name) => env[name]?.split(delimiter) ?? [])
  const shared = (env['XDG_DATA_DIRS'] || '/usr/local/share:/usr/share').split(delimiter)
  const folders = [env['XDG_CONFIG_HOME'] || join(homedir(), '.config'), '/etc/xdg', '/etc', env['XDG_DATA_HOME'] || join(homedir(), '.local/share'), ...shared].map((folder) => join(folder, 'vulkan/icd.d'))
  const found = named.some((file) => existsSync(file)) || folders.some((folder) => existsSync(folder) && readdirSync(folder).some((file) => file.endsWith('.json')))
  return found ? undefined : 'no Vulkan driver is installed'
}
