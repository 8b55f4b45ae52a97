/* fare-tailscale.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "fare-tailscale.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/fare-json-parse.h"
#include "fare-run.h"

#define PROGRAM "tailscale"

/* Where the tailnet does not allow to serve, the program waits until somebody has allowed it. */
#define TIMEOUT_S 20

#define TO_TEXT_(x) #x
#define TO_TEXT(x) TO_TEXT_ (x)
#define HTTPS "--https=" TO_TEXT (FARE_TAILSCALE_PORT)
#define SET_PATH "--set-path=" FARE_TAILSCALE_PATH

G_DEFINE_QUARK (fare-tailscale-error-quark, fare_tailscale_error)

/* What it says, in one line. */
static char *
dup_line (const char *text)
{
  g_auto(GStrv) words = g_strsplit_set (text, " \t\r\n", -1);
  g_autoptr(GString) line = g_string_new (NULL);

  for (guint i = 0; words[i] != NULL; i++)
    if (*words[i] != '\0')
      g_string_append_printf (line, "%s%s", line->len > 0 ? " " : "", words[i]);

  return g_string_free (g_steal_pointer (&line), FALSE);
}

/* By what it says, because it has but one exit status. */
static void
take_complaint (const char  *text,
                GError     **error)
{
  g_autofree char *complaint = dup_line (text);
  const char *address = strstr (complaint, "https://login.tailscale.com/");
  g_autofree char *link = address != NULL ? g_strndup (address, strcspn (address, " ")) : NULL;

  if (strcasestr (complaint, "denied") != NULL || strcasestr (complaint, "must be root") != NULL
      || strcasestr (complaint, "--operator") != NULL)
    g_set_error_literal (error, FARE_TAILSCALE_ERROR, FARE_TAILSCALE_ERROR_DENIED,
                         _("Tailscale does not let this user change what is served."));
  else if (strcasestr (complaint, "not enabled") != NULL && link != NULL)
    g_set_error (error, FARE_TAILSCALE_ERROR, FARE_TAILSCALE_ERROR_DISABLED,
                 _("This tailnet does not allow to serve yet. Its owner can allow it at %s"), link);
  else if (strcasestr (complaint, "failed to connect to local") != NULL
           || strcasestr (complaint, "is tailscaled running") != NULL)
    g_set_error_literal (error, FARE_TAILSCALE_ERROR, FARE_TAILSCALE_ERROR_NOT_RUNNING,
                         _("Tailscale’s service does not run."));
  else
    g_set_error (error, FARE_TAILSCALE_ERROR, FARE_TAILSCALE_ERROR_FAILED,
                 /* Translators: the name of a program and what it complains of */
                 _("This did not work: %s"), complaint);
}

/* Returns: (transfer full): what it printed; NULL with @error when it failed */
static char *
ask (const char * const  *command,
     GError             **error)
{
  g_autoptr(GError) reason = NULL;
  char *answer = fare_run (command, TIMEOUT_S, &reason);

  if (answer == NULL && g_error_matches (reason, G_SPAWN_ERROR, G_SPAWN_ERROR_NOENT))
    g_set_error_literal (error, FARE_TAILSCALE_ERROR, FARE_TAILSCALE_ERROR_MISSING,
                         _("Tailscale is not installed."));
  else if (answer == NULL)
    take_complaint (reason->message, error);

  return answer;
}

static JsonObject *
get_object (JsonObject *object,
            const char *name)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, name) : NULL;

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static const char *
get_text (JsonObject *object,
          const char *name)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, name) : NULL;

  return node != NULL && JSON_NODE_HOLDS_VALUE (node)
         && json_node_get_value_type (node) == G_TYPE_STRING ? json_node_get_string (node) : NULL;
}

/* Returns: (transfer full) (nullable): the object that the program's answer is; NULL with @error */
static JsonNode *
ask_json (const char * const  *command,
          GError             **error)
{
  g_autofree char *answer = ask (command, error);
  g_autoptr(JsonNode) root = NULL;

  if (answer == NULL)
    return NULL;

  root = fare_json_parse (answer, strlen (answer), NULL);
  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    {
      g_set_error_literal (error, FARE_TAILSCALE_ERROR, FARE_TAILSCALE_ERROR_FAILED,
                           _("Tailscale’s answer cannot be understood."));
      return NULL;
    }

  return g_steal_pointer (&root);
}

static gboolean
has_certificate (JsonObject *status,
                 const char *host)
{
  JsonNode *node = json_object_get_member (status, "CertDomains");
  JsonArray *array = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode *name = json_array_get_element (array, i);

      if (JSON_NODE_HOLDS_VALUE (name) && json_node_get_value_type (name) == G_TYPE_STRING
          && g_ascii_strcasecmp (json_node_get_string (name), host) == 0)
        return TRUE;
    }

  return FALSE;
}

static gboolean
look_at_name (FareTailscale  *self,
              GError        **error)
{
  const char * const command[] = { PROGRAM, "status", "--json", NULL };
  g_autoptr(JsonNode) answer = ask_json (command, error);
  JsonObject *status = answer != NULL ? json_node_get_object (answer) : NULL;
  const char *state = get_text (status, "BackendState");
  const char *name = get_text (get_object (status, "Self"), "DNSName");

  if (status == NULL)
    return FALSE;
  if (g_strcmp0 (state, "Running") != 0 || name == NULL || *name == '\0')
    {
      g_set_error (error, FARE_TAILSCALE_ERROR, FARE_TAILSCALE_ERROR_OFFLINE,
                   /* Translators: a word of Tailscale’s: “Stopped”, “NeedsLogin” */
                   _("Tailscale is not connected (%s)."), state != NULL ? state : "?");
      return FALSE;
    }

  self->host = g_strdup (name);
  if (g_str_has_suffix (self->host, "."))
    self->host[strlen (self->host) - 1] = '\0';
  self->has_https = has_certificate (status, self->host);
  return TRUE;
}

static gboolean
look_at_rule (FareTailscale  *self,
              GError        **error)
{
  const char * const command[] = { PROGRAM, "serve", "status", "--json", NULL };
  g_autofree char *name = g_strdup_printf ("%s:%d", self->host, FARE_TAILSCALE_PORT);
  g_autoptr(JsonNode) answer = ask_json (command, error);
  JsonObject *status = answer != NULL ? json_node_get_object (answer) : NULL;
  JsonObject *handlers, *handler, *open;

  if (status == NULL)
    return FALSE;

  handlers = get_object (get_object (get_object (status, "Web"), name), "Handlers");
  handler = get_object (handlers, FARE_TAILSCALE_PATH);
  if (handler == NULL)
    handler = get_object (handlers, FARE_TAILSCALE_PATH "/");
  open = get_object (status, "AllowFunnel");
  self->is_public = open != NULL && json_object_get_boolean_member_with_default (open, name, FALSE);
  if (handler != NULL)
    {
      const char *target = get_text (handler, "Proxy");

      /* A folder or a fixed text is no less somebody else's. */
      if (target == NULL)
        target = get_text (handler, "Path");
      self->target = g_strdup (target != NULL ? target : "text");
    }

  return TRUE;
}

gboolean
fare_tailscale_look (FareTailscale  *result,
                     GError        **error)
{
  *result = (FareTailscale) { NULL };

  return look_at_name (result, error) && look_at_rule (result, error);
}

void
fare_tailscale_clear (FareTailscale *self)
{
  g_clear_pointer (&self->host, g_free);
  g_clear_pointer (&self->target, g_free);
}

gboolean
fare_tailscale_serve (const char  *target,
                      GError     **error)
{
  const char * const command[] = { PROGRAM, "serve", "--bg", HTTPS, SET_PATH, target, NULL };
  g_autofree char *answer = ask (command, error);

  return answer != NULL;
}

gboolean
fare_tailscale_end (GError **error)
{
  const char * const command[] = { PROGRAM, "serve", HTTPS, SET_PATH, "off", NULL };
  g_autofree char *answer = ask (command, error);

  return answer != NULL;
}

char *
fare_tailscale_dup_target (guint port)
{
  return g_strdup_printf ("http://127.0.0.1:%u", port);
}

char *
fare_tailscale_dup_url (const FareTailscale *self)
{
  return g_strconcat ("https://", self->host, FARE_TAILSCALE_PATH, NULL);
}

char *
fare_tailscale_dup_remedy (const GError *error)
{
  if (error->domain != FARE_TAILSCALE_ERROR)
    return NULL;

  switch ((FareTailscaleError) error->code)
    {
    case FARE_TAILSCALE_ERROR_DENIED:
      return g_strdup_printf ("sudo tailscale set --operator=%s", g_get_user_name ());
    case FARE_TAILSCALE_ERROR_NOT_RUNNING:
      return g_strdup ("sudo systemctl start tailscaled");
    case FARE_TAILSCALE_ERROR_OFFLINE:
      return g_strdup ("sudo tailscale up");
    case FARE_TAILSCALE_ERROR_MISSING:
    case FARE_TAILSCALE_ERROR_DISABLED:
    case FARE_TAILSCALE_ERROR_FAILED:
    default:
      return NULL;
    }
}
