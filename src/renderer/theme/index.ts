import '@opentiny/vue-theme/dark-theme-index.css';
import './tokens.css';
import './base.css';
import './opentiny.css';

export { THEME_CHOICES, useTheme, type ThemeChoice } from './use-theme.ts';
