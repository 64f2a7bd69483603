// Puts the page into the document.
import { render } from 'preact'
import { App } from './app.tsx'
import './styles/index.css'

const place = document.getElementById('page')
if (place) render(<App />, place)
