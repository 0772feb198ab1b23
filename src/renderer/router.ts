import { createRouter, createWebHashHistory, type RouteRecordRaw } from 'vue-router';

declare module 'vue-router' {
  interface RouteMeta {
    /** Key of the page's title. */
    title?: string;
    /** The page fills the window without the navigation. */
    bare?: boolean;
  }
}

const routes: RouteRecordRaw[] = [
  { path: '/', redirect: '/workflows' },
  {
    path: '/workflows',
    name: 'workflows',
    component: () => import('./workflows/WorkflowsPage.vue'),
    meta: { title: 'nav.workflows' },
  },
  {
    path: '/workflows/new',
    name: 'workflow-new',
    component: () => import('./editor/EditorPage.vue'),
    meta: { title: 'nav.workflows' },
  },
  {
    path: '/workflows/:id',
    name: 'workflow',
    component: () => import('./editor/EditorPage.vue'),
    props: true,
    meta: { title: 'nav.workflows' },
  },
  {
    path: '/workflows/:id/compare',
    name: 'workflow-compare',
    component: () => import('./editor/versions/ComparePage.vue'),
    props: true,
    meta: { title: 'nav.workflows' },
  },
  {
    path: '/executions',
    name: 'executions',
    component: () => import('./executions/ExecutionsPage.vue'),
    meta: { title: 'nav.executions' },
  },
  {
    path: '/executions/compare',
    name: 'executions-compare',
    component: () => import('./executions/compare/ComparePage.vue'),
    meta: { title: 'nav.executions' },
  },
  {
    path: '/executions/:id',
    name: 'execution',
    component: () => import('./executions/ExecutionPage.vue'),
    props: true,
    meta: { title: 'nav.executions' },
  },
  {
    path: '/approvals',
    name: 'approvals',
    component: () => import('./attention/ApprovalsPage.vue'),
    meta: { title: 'nav.approvals' },
  },
  {
    path: '/data-tables',
    name: 'data-tables',
    component: () => import('./data-tables/DataTablesPage.vue'),
    meta: { title: 'nav.data-tables' },
  },
  {
    path: '/data-tables/:id',
    name: 'data-table',
    component: () => import('./data-tables/DataTablePage.vue'),
    props: true,
    meta: { title: 'nav.data-tables' },
  },
  {
    path: '/credentials',
    name: 'credentials',
    component: () => import('./credentials/CredentialsPage.vue'),
    meta: { title: 'nav.credentials' },
  },
  {
    path: '/settings',
    name: 'settings',
    component: () => import('./settings/SettingsPage.vue'),
    meta: { title: 'nav.settings' },
  },
  {
    path: '/settings/storage',
    name: 'storage',
    component: () => import('./settings/StoragePage.vue'),
    meta: { title: 'storage.title' },
  },
  {
    path: '/sign-in',
    name: 'sign-in',
    component: () => import('./session/SignInPage.vue'),
    meta: { title: 'signIn.title', bare: true },
  },
  {
    path: '/:path(.*)*',
    name: 'not-found',
    component: () => import('./layout/NotFoundPage.vue'),
    meta: { title: 'notFound.title' },
  },
];

/** Routes live in the hash: one build is served from any path, by the engine and by the desktop's own protocol. */
export const router = createRouter({ history: createWebHashHistory(), routes });

// Until the first page is there the router does not look at the address, and would put it back to where it began.
const follow = () => void router.replace(window.location.hash.slice(1) || '/');
window.addEventListener('hashchange', follow);
void router.isReady().then(() => window.removeEventListener('hashchange', follow));
