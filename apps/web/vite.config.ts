import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** One stylesheet, few scripts, nothing inline and nothing from elsewhere: the page runs under `default-src 'self'`. */
export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
});
