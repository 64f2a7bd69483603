// web/ -> web/dist: files that the API serves as they are. No inline code or data: the page runs under `default-src 'self'`.
import { defineConfig } from 'vite'

const API = 'http://127.0.0.1:8080'

export default defineConfig({
  root: import.meta.dirname,
  base: '/',
  build: { outDir: 'dist', emptyOutDir: true, target: 'es2022', assetsInlineLimit: 0, modulePreload: { polyfill: false }, reportCompressedSize: false, rolldownOptions: { checks: { pluginTimings: false } } },
  // A server without keys answers its own pages only: while working on the page, requests go in its name.
  server: { proxy: { '/v1': { target: API, changeOrigin: true, headers: { origin: API } } } },
})
