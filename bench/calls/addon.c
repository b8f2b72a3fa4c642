// The same functions as a native addon of Node, written by hand.
#include <node_api.h>
#include <stdlib.h>
#include <string.h>

static napi_value add(napi_env env, napi_callback_info info) {
  size_t count = 2;
  napi_value args[2], result;
  int32_t a, b;
  napi_get_cb_info(env, info, &count, args, NULL, NULL);
  if (napi_get_value_int32(env, args[0], &a) != napi_ok || napi_get_value_int32(env, args[1], &b) != napi_ok) {
    napi_throw_type_error(env, NULL, "numbers are wanted");
    return NULL;
  }
  napi_create_int32(env, a + b, &result);
  return result;
}

static napi_value dot(napi_env env, napi_callback_info info) {
  size_t count = 2, n, m;
  napi_value args[2], result;
  void *a, *b;
  napi_typedarray_type s, t;
  napi_get_cb_info(env, info, &count, args, NULL, NULL);
  if (napi_get_typedarray_info(env, args[0], &s, &n, &a, NULL, NULL) != napi_ok || s != napi_float32_array ||
      napi_get_typedarray_info(env, args[1], &t, &m, &b, NULL, NULL) != napi_ok || t != napi_float32_array) {
    napi_throw_type_error(env, NULL, "a Float32Array is wanted");
    return NULL;
  }
  float sum = 0;
  for (size_t i = 0; i < (n < m ? n : m); i++) sum += ((float *)a)[i] * ((float *)b)[i];
  napi_create_double(env, sum, &result);
  return result;
}

static napi_value greet(napi_env env, napi_callback_info info) {
  size_t count = 1, length;
  napi_value args[1], result;
  napi_get_cb_info(env, info, &count, args, NULL, NULL);
  if (napi_get_value_string_utf8(env, args[0], NULL, 0, &length) != napi_ok) {
    napi_throw_type_error(env, NULL, "a string is wanted");
    return NULL;
  }
  char *text = malloc(length + 8);
  memcpy(text, "hello, ", 7);
  napi_get_value_string_utf8(env, args[0], text + 7, length + 1, &length);
  napi_create_string_utf8(env, text, length + 7, &result);
  free(text);
  return result;
}

static napi_value apply(napi_env env, napi_callback_info info) {
  size_t count = 2;
  napi_value args[2], result, receiver;
  napi_get_cb_info(env, info, &count, args, NULL, NULL);
  napi_get_undefined(env, &receiver);
  napi_call_function(env, receiver, args[0], 1, &args[1], &result);
  return result;
}

NAPI_MODULE_INIT() {
  static const struct { const char *name; napi_callback function; } all[] = {
      {"add", add}, {"dot", dot}, {"greet", greet}, {"apply", apply}};
  for (int i = 0; i < 4; i++) {
    napi_value function;
    napi_create_function(env, all[i].name, NAPI_AUTO_LENGTH, all[i].function, NULL, &function);
    napi_set_named_property(env, exports, all[i].name, function);
  }
  return exports;
}
